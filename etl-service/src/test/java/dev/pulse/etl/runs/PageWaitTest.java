package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.local.postgres.LocalPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run that keeps its place but asks nothing for a while says why, and until when. */
class PageWaitTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private static String database = "";
  private static Node node;
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
  private final ToyBox box = new ToyBox();
  private long job;

  @BeforeAll
  static void a_node_that_leaves_a_source_alone_for_seconds() {
    database = LocalPostgres.shared().freshDatabase();
    node =
        Node.start(
            database,
            "waits",
            "--pulse.sources.outage.failures=2",
            "--pulse.sources.outage.probe-after=8s",
            "--pulse.sources.outage.probe-at-least-every=8s");
  }

  @AfterAll
  static void no_node() {
    node.close();
  }

  @BeforeEach
  void a_source_that_fails_in_the_middle() {
    for (int i = 0; i < 35; i++) box.put("red", i, "Red " + i, THEN.plusSeconds(i).toString());
    box.breakAt("after=red-019");
    var body =
        Map.of(
            "connector",
            "toy",
            "name",
            "Toys that wait",
            "settings",
            Map.of("baseUrl", box.url()),
            "secrets",
            Map.of("token", ToyBox.KEY));
    var reply = node.ask("POST", "connections", JsonMapper.shared().writeValueAsString(body));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    job = reply.json().path("id").asLong();
  }

  @AfterEach
  void no_source() {
    node.ask("DELETE", "connections/" + job, "");
    box.close();
  }

  @Test
  void it_says_so_to_everybody_and_no_longer_than_it_waits() {
    try (var heard = Listener.to(node, "")) {
      heard.await("snapshot", any -> true);
      assertThat(node.post("jobs/" + job + "/start").status()).isEqualTo(202);

      var told = heard.await("run", each -> each.path("progress").path("waits").isObject()).data();

      assertThat(told.path("run").path("state").asString()).isEqualTo("RUNNING");
      var wait = told.path("progress").path("waits");
      assertThat(wait.path("waitsFor").asString()).isEqualTo("SOURCE");
      assertThat(wait.path("reason").asString())
          .contains("does not answer", "it is asked again at");
      assertThat(Instant.parse(wait.path("until").asString()))
          .isBetween(Instant.now(), Instant.now().plusSeconds(13));
      long run = told.path("runId").asLong();
      var report = progress(run);
      assertThat(report.path("progress").path("waits")).isEqualTo(wait);
      var cards = stream(report, "cards");
      assertThat(cards.path("waits").isObject()).isTrue();
      assertThat(partition(cards.path("open"), "red").path("waits").isObject()).isTrue();
      var parts = node.get("runs/" + run + "/streams").json().path("items");
      assertThat(partition(parts, "red").path("waits").path("reason"))
          .isEqualTo(wait.path("reason"));

      box.breakAt("nothing");
      heard.await("run", each -> each.path("run").path("state").asString().equals("FINISHED"));
      assertThat(progress(run).path("progress").path("waits").isNull()).isTrue();
      assertThat(waits()).isZero();
    }
  }

  @Test
  void what_a_node_that_was_lost_has_said_is_not_repeated() {
    long run = waitingRun();

    jdbc.sql("update run_wait set token = token - 1 where run_id = ?").param(run).update();

    var report = progress(run);
    assertThat(report.path("progress").path("waits").isNull()).isTrue();
    assertThat(stream(report, "cards").path("waits").isNull()).isTrue();
  }

  @Test
  void it_is_stopped_at_once_although_it_waits() {
    waitingRun();

    assertThat(node.post("jobs/" + job + "/stop").status()).isEqualTo(202);

    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> node.get("jobs/" + job).json().path("state").asString().equals("NOT_STARTED"));
    assertThat(waits()).isZero();
  }

  /** Starts a run, and returns when it waits. */
  private long waitingRun() {
    assertThat(node.post("jobs/" + job + "/start").status()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              long run = run();
              return run > 0 && progress(run).path("progress").path("waits").isObject();
            });
    return run();
  }

  private long run() {
    return node.get("jobs/" + job).json().path("runId").asLong();
  }

  private static JsonNode progress(long run) {
    return node.get("runs/" + run + "/progress").json();
  }

  private static JsonNode stream(JsonNode report, String name) {
    return report
        .path("streams")
        .valueStream()
        .filter(each -> each.path("stream").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode partition(JsonNode all, String name) {
    return all.valueStream()
        .filter(each -> each.path("partition").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long waits() {
    return jdbc.sql("select count(*) from run_wait").query(Long.class).single();
  }
}
