package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.model.EtlRoute;
import dev.pulse.model.EtlRoute.Reach;
import dev.pulse.model.EtlRoutes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two connections, and an administrator who sees one of them. */
class VisibleConnectionsTest extends SignedNodesTest {

  private final ToyBox box = new ToyBox();
  private long own;
  private long foreign;
  private long ownRun;
  private long foreignRun;
  private long ownSpoiled;
  private long foreignSpoiled;
  private Gateway somebody = admin;

  @BeforeEach
  void two_connections_that_were_read() {
    own = connect(box);
    foreign = connect(box);
    ownRun = run(own);
    foreignRun = run(foreign);
    ownSpoiled = spoil(own);
    foreignSpoiled = spoil(foreign);
    somebody = admin.sees(own);
  }

  @AfterEach
  void forget_them() {
    for (var each : List.of(own, foreign)) admin.ask(a, "DELETE", "connections/" + each, "");
    box.close();
  }

  @Test
  void lists_have_only_what_is_seen() {
    assertThat(ids("connections", "id")).containsExactly(own);
    assertThat(ids("jobs", "id")).containsExactly(own);
    assertThat(ids("runs", "jobId")).containsOnly(own);
    assertThat(ids("quarantine", "connectionId")).containsExactly(own);
    assertThat(ids("quarantine?connection=" + foreign, "id")).isEmpty();
    assertThat(ids("quarantine?sort=-lastSeen", "connectionId")).containsExactly(own);
    assertThat(ids("connections?sort=-name", "id")).containsExactly(own);
    assertThat(ids("jobs?sort=name", "id")).containsExactly(own);
    assertThat(ids("runs?sort=id", "jobId")).containsOnly(own);
    assertThat(ids("freshness", "connectionId")).containsExactly(own);
    assertThat(ids("attention", "connectionId")).containsOnly(own);
    assertThat(somebody.get(a, "jobs/status").json()).hasSize(1);
    assertThat(admin.get(a, "jobs/status").json().size()).isGreaterThan(1);
    admin.ask(a, "POST", "jobs/" + foreign + "/activate", "");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(somebody.get(a, "orchestrator").json().toString())
                    .doesNotContain(name(foreign)));
    assertThat(somebody.get(a, "orchestrator").json().path("activated").isNull()).isTrue();
  }

  @Test
  void budgets_are_those_of_jobs_that_are_seen() {
    for (var job : List.of(own, foreign)) {
      var key = "budget-of-" + job;
      jdbc.sql("insert into rate_budget (budget_key, resource) values (?, 'rest')")
          .param(key)
          .update();
      jdbc.sql("update job set budget_keys = array[?] where id = ?").params(key, job).update();
    }

    assertThat(somebody.get(a, "budgets").json().path("items"))
        .extracting(each -> each.path("budgetKey").asString())
        .containsExactly("budget-of-" + own);
    jdbc.sql("delete from rate_budget where budget_key like 'budget-of-%'").update();
  }

  @Test
  void a_foreign_id_is_answered_like_one_that_is_not_there_whatever_is_asked() {
    for (var route : EtlRoutes.list()) {
      if (!route.path().contains("{id}") || route.reach() == Reach.ALL) continue;
      var foreignPath = path(route, foreign, foreignRun, foreignSpoiled);
      var nobodys = path(route, 999_999, 999_999, 999_999);
      // of a record it is known first when it is looked up; a wrong body is told before, of any
      boolean wrong = !route.method().equals("GET") && route.reach() == Reach.CONNECTION;
      var body = wrong ? "{\"nothing\":1}" : "";

      var reply = somebody.ask(a, route.method(), foreignPath, body);

      assertThat(reply.status()).as(foreignPath).isEqualTo(404);
      assertThat(reply.code()).as(foreignPath).isEqualTo("NOT_FOUND");
      assertThat(reply.json().path("title"))
          .isEqualTo(somebody.ask(a, route.method(), nobodys, body).json().path("title"));
    }
    assertThat(somebody.get(a, "events?jobs=%d,%d".formatted(own, foreign)).status())
        .isEqualTo(404);
    assertThat(admin.get(a, "jobs/" + foreign).json().path("state").asString())
        .isEqualTo("FINISHED");
  }

  @Test
  void what_is_seen_is_read_as_by_anybody() {
    for (var route : EtlRoutes.list()) {
      if (!route.method().equals("GET") || !route.path().contains("{id}")) continue;
      if (route.reach() == Reach.ALL) continue;
      var path = path(route, own, ownRun, ownSpoiled);

      var reply = somebody.get(a, path);

      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(reply.json()).as(path).isEqualTo(admin.get(a, path).json());
    }
  }

  @Test
  void each_of_two_reads_nothing_that_is_of_the_other_wherever_it_asks() {
    for (long[] pair : new long[][] {{own, foreign}, {foreign, own}}) {
      var caller = admin.sees(pair[0]);
      for (var route : EtlRoutes.list()) {
        if (!route.method().equals("GET") || route.reach() != Reach.VISIBLE) continue;
        if (route.path().contains("{id}") || route.path().equals("/events")) continue;
        var path = route.path().substring(1);

        var reply = caller.get(a, path);

        assertThat(reply.status()).as(path).isEqualTo(200);
        assertThat(reply.json().toString()).as(path).doesNotContain(name(pair[1]));
        assertThat(values(reply.json(), "jobId", "connectionId"))
            .as(path)
            .isSubsetOf(Long.toString(pair[0]));
      }
      assertThat(snapshot(caller).toString()).doesNotContain(name(pair[1]));
    }
  }

  @Test
  void who_holds_them_up_is_told_without_a_name() {
    jdbc.sql("update job set activated = true where id = ?").param(foreign).update();
    jdbc.sql("update job set state = 'PENDING', next_due_at = now() where id = ?")
        .param(own)
        .update();

    var told = somebody.get(a, "jobs/" + own).json().path("reason").asString();
    var toldToAll = admin.get(a, "jobs/" + own).json().path("reason").asString();

    jdbc.sql("update job set activated = false where id = ?").param(foreign).update();
    assertThat(told).isEqualTo("Waits until another has ended, which was activated");
    assertThat(toldToAll).contains(name(foreign));
  }

  private static List<String> values(JsonNode json, String... names) {
    return Stream.of(names)
        .flatMap(name -> json.findValues(name).stream())
        .map(JsonNode::asString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x%x", "+%d", "0%d", "%%20%d", "%d%%20"})
  void no_spelling_of_a_foreign_number_makes_it_seen(String spelling) {
    var id = spelling.formatted(foreign);

    assertThat(somebody.get(a, "jobs/" + id).status()).isEqualTo(404);
  }

  @Test
  void what_is_about_all_connections_is_refused_to_whoever_sees_some() {
    for (var route : EtlRoutes.list()) {
      if (route.reach() != Reach.ALL) continue;
      var path = route.path().substring(1).replaceAll("\\{\\w+}", "999999");

      assertThat(somebody.ask(a, route.method(), path, "").status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void whoever_sees_no_connection_sees_nothing() {
    var nobody = admin.sees();

    assertThat(nobody.get(a, "jobs").json().path("items")).isEmpty();
    assertThat(nobody.get(a, "connections").json().path("items")).isEmpty();
    assertThat(nobody.get(a, "runs").json().path("items")).isEmpty();
    assertThat(snapshot(nobody).path("jobs")).isEmpty();
  }

  @Test
  void the_stream_of_events_begins_with_what_is_seen() {
    var snapshot = snapshot(somebody);

    assertThat(snapshot.path("jobs")).hasSize(1);
    assertThat(snapshot.path("jobs").path(0).path("id").asLong()).isEqualTo(own);
  }

  @Test
  void the_stream_of_events_tells_nothing_of_others_that_share_a_budget() {
    stands(foreign, "RUNNING");
    stands(own, "PENDING");
    jdbc.sql("insert into rate_budget (budget_key, resource) values ('shared', 'core')").update();
    try {
      var seen = snapshot(somebody);

      assertThat(seen.path("jobs").path(0).path("reason").asString())
          .isEqualTo("Waits for run %d of another: same budget".formatted(foreignRun));
      assertThat(seen.toString()).doesNotContain(name(foreign));
      assertThat(seen.path("budgets")).hasSize(1);
      assertThat(seen.path("budgets").path(0).path("jobIds").values())
          .extracting(JsonNode::asLong)
          .containsExactly(own);
      var all = snapshot(admin);
      assertThat(all.toString())
          .contains("Waits for run %d of %s".formatted(foreignRun, name(foreign)));
      assertThat(all.path("budgets").toString()).contains("[%d,%d]".formatted(own, foreign));
    } finally {
      jdbc.sql("delete from rate_budget where budget_key = 'shared'").update();
      stands(own, "FINISHED");
      stands(foreign, "FINISHED");
    }
  }

  private void stands(long job, String state) {
    jdbc.sql(
            """
            update job
               set state = :state, budget_keys = '{shared}',
                   next_due_at = case :state when 'PENDING' then clock_timestamp() end
             where id = :job
            """)
        .param("state", state)
        .param("job", job)
        .update();
  }

  private JsonNode snapshot(Gateway caller) {
    var request = caller.signed("GET", "events", "").to(a);
    try (var body = Gateway.HTTP.send(request, BodyHandlers.ofInputStream()).body();
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) return JsonMapper.shared().readTree(line.substring(5));
      }
      throw new IllegalStateException("the stream has ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private long run(long job) {
    admin.ask(a, "POST", "jobs/" + job + "/start", "");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> admin.get(a, "jobs/" + job).json().path("state").asString().equals("FINISHED"));
    return admin.get(a, "jobs/" + job).json().path("runId").asLong();
  }

  private long spoil(long connection) {
    return jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw)
            values (?, 'cards', '', '', 'x', 'unreadable', '{}')
            returning id
            """)
        .param(connection)
        .query(Long.class)
        .single();
  }

  private String name(long connection) {
    return admin.get(a, "connections/" + connection).json().path("name").asString();
  }

  private List<Long> ids(String path, String field) {
    return StreamSupport.stream(somebody.get(a, path).json().path("items").spliterator(), false)
        .map(each -> each.path(field).asLong())
        .toList();
  }

  private static String path(EtlRoute route, long connection, long run, long spoiled) {
    var path = route.path().substring(1).replace("{backfill}", "1");
    long id = path.startsWith("runs") ? run : path.startsWith("quarantine") ? spoiled : connection;
    return path.replace("{id}", Long.toString(id));
  }
}
