package dev.pulse.backend.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.backend.Browser;
import dev.pulse.backend.gateway.EtlTest;
import dev.pulse.backend.gateway.Recorder;
import dev.pulse.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The audits of both services as one; that of etl-service is played by the test. */
class TrailTest extends EtlTest {

  private static final String PATH = "/api/audit";

  /** Long before anything that the gateway has written down in this test. */
  private static final Instant THEN = Instant.parse("2020-01-01T00:00:00Z");

  private final AuditStandIn etl = new AuditStandIn();

  @BeforeEach
  void both_have_something_to_tell() {
    for (int i = 0; i < 7; i++) own(THEN.plusSeconds(i * 2L), "user.update");
    for (int i = 0; i < 7; i++) etl.with(THEN.plusSeconds(i * 3L), "job.start", "because " + i);
    ETL.answer(etl);
  }

  private void own(Instant at, String action) {
    jdbc.sql(
            """
            insert into audit_event (happened_at, actor, action, target_kind, target_id)
            values (?::timestamptz, 'user:8', ?, 'user', '1')
            """)
        .params(at.toString(), action)
        .update();
  }

  @Test
  void page_by_page_every_event_comes_once_and_in_one_order_however_long_pages_are() {
    var admin = signedIn(Role.ADMIN);
    var whole = all(admin, "?to=2020-01-02T00:00:00Z&limit=200", "&");

    var wanted = new ArrayList<>(whole);
    wanted.sort(
        Comparator.comparing((JsonNode each) -> Instant.parse(each.path("at").asString()))
            .reversed()
            .thenComparing(each -> each.path("source").asString())
            .thenComparingLong(each -> -each.path("id").asLong()));
    assertThat(whole).isEqualTo(wanted).doesNotHaveDuplicates();
    assertThat(whole.stream().map(each -> each.path("source").asString()).distinct())
        .containsExactlyInAnyOrder("backend-service", "etl-service");
    for (int limit : new int[] {1, 2, 3, 5}) {
      assertThat(all(admin, "?to=2020-01-02T00:00:00Z&limit=" + limit, "&"))
          .as("pages of %d", limit)
          .isEqualTo(whole);
    }
  }

  @Test
  void an_event_is_found_by_who_what_to_which_thing_when_and_where() {
    var person = person(Role.ADMIN);
    var admin = signedIn(person);
    long gone = person(Role.VIEWER).id();
    admin.post("/api/users/%d/deactivate".formatted(gone), "");

    assertThat(items(admin, "?actor=user:" + person.id()))
        .isNotEmpty()
        .allMatch(each -> each.path("actor").asString().equals("user:" + person.id()));
    assertThat(items(admin, "?action=session"))
        .isNotEmpty()
        .allMatch(each -> each.path("action").asString().startsWith("session."));
    assertThat(items(admin, "?target=user:" + person.id()))
        .isNotEmpty()
        .allMatch(each -> each.path("targetId").asString().equals("" + person.id()));
    assertThat(
            items(admin, "?source=etl-service&from=2020-01-01T00:00:03Z&to=2020-01-01T00:00:09Z"))
        .isNotEmpty();
    assertThat(ETL.last().target()).contains("from=2020-01-01T00%3A00%3A03Z", "to=2020");
    assertThat(ETL.last().header("pulse-subject")).contains("user:" + person.id());
    int asked = ETL.seen().size();
    assertThat(items(admin, "?source=backend-service&action=user.deactivate&target=user:" + gone))
        .hasSize(1);
    assertThat(ETL.seen()).hasSize(asked);
  }

  @Test
  void without_etl_service_its_part_is_named_and_the_rest_is_there() {
    var admin = signedIn(Role.ADMIN);
    ETL.die();

    var reply = admin.get(PATH);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("items")).isNotEmpty();
    assertThat(reply.json().at("/missing/0/source").asString()).isEqualTo("etl-service");
    assertThat(reply.json().at("/missing/0/problem/code").asString()).isEqualTo("ETL_AWAY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cursor=yesterday",
        "cursor=etl-service_2020-01-01T00:00:00Z_",
        "cursor=nobody_2020-01-01T00:00:00Z_1",
        "source=nobody",
        "from=yesterday",
        "limit=201",
        "actor=a%00b"
      })
  void what_makes_no_sense_is_told_by_its_name(String parameter) {
    var reply = signedIn(Role.ADMIN).get(PATH + "?" + parameter);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/field").asString())
        .isEqualTo(parameter.substring(0, parameter.indexOf('=')));
  }

  @Test
  void the_table_has_all_rows_and_no_cell_that_is_a_formula() {
    etl.with(THEN.plusSeconds(99), "job.start", "=cmd|' /C calc'!A0")
        .with(THEN.plusSeconds(98), "job.start", "say \"hello\",\nand go");
    for (int i = 0; i < 450; i++) etl.with(THEN.minusSeconds(i), "job.stop", "+1 of " + i);

    var reply = signedIn(Role.ADMIN).get(PATH + ".csv?source=etl-service&to=2020-01-02T00:00:00Z");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type").orElse("").toLowerCase(Locale.ROOT))
        .startsWith("text/csv;")
        .contains("charset=utf-8");
    assertThat(reply.header("Content-Disposition"))
        .contains("attachment; filename=\"pulse-audit-2026-03-01.csv\"");
    var lines = reply.http().body().split("\r\n");
    assertThat(lines).hasSize(1 + 7 + 2 + 450);
    assertThat(lines[1])
        .startsWith("\"2020-01-01T00:01:39Z\",\"etl-service\",\"8\",\"user:7\",\"job.start\"")
        .contains(",\"'=cmd|' /C calc'!A0\",");
    assertThat(lines[2]).contains("\"say \"\"hello\"\",\nand go\"");
    assertThat(lines[459]).contains("\"'+1 of ");
    assertThat(reply.http().body()).doesNotContainPattern("(^|,)\"?[=+@\\-]");
  }

  @Test
  void a_table_in_which_a_part_would_be_missing_is_refused() {
    var admin = signedIn(Role.ADMIN);
    ETL.die();

    assertThat(admin.get(PATH + ".csv").code()).isEqualTo("ETL_AWAY");
    assertThat(admin.get(PATH + ".csv?source=backend-service").status()).isEqualTo(200);
  }

  @Test
  void a_table_of_which_a_part_gets_lost_under_way_breaks_off() {
    for (int i = 0; i < 450; i++) etl.with(THEN.minusSeconds(i), "job.stop", "of " + i);
    var asked = new AtomicInteger();
    ETL.answer(
        (request, out) -> {
          if (asked.incrementAndGet() == 1) etl.answer(request, out);
          else Recorder.says(500, "text/html", "oh").answer(request, out);
        });
    var admin = signedIn(Role.ADMIN);

    assertThatThrownBy(() -> admin.get(PATH + ".csv?source=etl-service"))
        .hasMessageContaining("chunked transfer encoding");
  }

  @Test
  void only_who_may_read_the_audit_gets_the_table() {
    assertThat(signedIn(Role.OPERATOR).get(PATH + ".csv").code()).isEqualTo("ACCESS_DENIED");
  }

  private static List<JsonNode> items(Browser admin, String query) {
    return admin.get(PATH + query).json().path("items").valueStream().toList();
  }

  private static List<JsonNode> all(Browser admin, String query, String and) {
    var all = new ArrayList<JsonNode>();
    var page = admin.get(PATH + query).json();
    while (true) {
      page.path("items").forEach(all::add);
      var next = page.path("next");
      if (!next.isString()) return all;
      page = admin.get(PATH + query + and + "cursor=" + next.asString()).json();
    }
  }
}
