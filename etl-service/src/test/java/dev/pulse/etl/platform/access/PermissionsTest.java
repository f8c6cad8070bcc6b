package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.model.EtlRoute;
import dev.pulse.model.EtlRoutes;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every route with its permission, and with all others: made from the table. */
class PermissionsTest extends SignedNodesTest {

  @TestFactory
  Stream<DynamicTest> a_route_needs_its_permission_and_no_other() {
    return EtlRoutes.list().stream()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.method() + " " + route.path(),
                    () -> {
                      assertThat(code(admin.mayAllBut(route.permission()), route))
                          .isEqualTo("ACCESS_DENIED");
                      assertThat(code(admin.may(route.permission()), route))
                          .isNotEqualTo("ACCESS_DENIED");
                    }));
  }

  @Test
  void what_somebody_may_not_is_written_down() {
    admin.may().ask(a, "POST", "orchestrator/pause", "");

    assertThat(
            jdbc.sql(
                    "select actor || ' ' || target_id from audit_event where action ="
                        + " 'request.refuse' order by id desc limit 1")
                .query(String.class)
                .single())
        .isEqualTo("user:7 POST /api/v1/orchestrator/pause");
  }

  @Test
  void whoever_may_read_may_ask_for_the_head_and_for_nothing_that_is_not_listed() {
    assertThat(admin.ask(a, "HEAD", "jobs", "").status()).isEqualTo(200);
    assertThat(admin.may().ask(a, "HEAD", "jobs", "").status()).isEqualTo(403);
    assertThat(admin.ask(a, "GET", "nothing", "").status()).isEqualTo(404);
    assertThat(admin.ask(a, "PATCH", "jobs", "").status()).isEqualTo(405);
  }

  /** With ids that are none and bodies that no route accepts; a stream is asked for its head. */
  private String code(Gateway caller, EtlRoute route) {
    var path = route.path().substring(1).replaceAll("\\{(id|backfill|file)}", "999999");
    boolean reads = route.method().equals("GET");
    var method = path.equals("events") ? "HEAD" : route.method();
    var reply = caller.ask(a, method, path, reads ? "" : "{\"nothing\":1}");
    return reply.status() == 403 ? "ACCESS_DENIED" : reply.code();
  }
}
