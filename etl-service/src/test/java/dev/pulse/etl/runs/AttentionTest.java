package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.platform.http.TestAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person has to know of, and how fresh the data is. */
class AttentionTest extends TwoNodesTest {

  @AfterEach
  void nothing_is_missing() {
    for (var table : List.of("quarantine", "unreadable", "vanished")) {
      jdbc.sql("delete from " + table).update();
    }
  }

  @Test
  void a_job_that_failed_says_why_since_when_and_what_helps() {
    long job = connect(1);
    a.ask("PUT", "orchestrator/settings", "{\"retries\":0}");
    box(job).breakAt("/boards", 401);
    failAgain(job);
    failAgain(job);

    var told = of(job, "JOB_FAILED");

    assertThat(told.path("severity").asString()).isEqualTo("ERROR");
    assertThat(told.path("title").asString()).endsWith("failed 2 times in a row");
    var error = job(job).path("error");
    assertThat(error.path("category").asString()).isEqualTo("CONFIGURATION");
    assertThat(told.path("detail")).isEqualTo(error.path("message"));
    assertThat(told.path("remedy")).isEqualTo(error.path("remedy"));
    assertThat(told.at("/target/page").asString()).isEqualTo("RUN");
    assertThat(told.at("/target/id").asLong()).isEqualTo(runOf(job));
    var first = a.get("jobs/" + job + "/runs").json().at("/items/1/endedAt");
    assertThat(told.path("since")).isEqualTo(first);

    box(job).breakAt("nothing");
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");
    assertThat(all(job)).isEmpty();
  }

  private void failAgain(long job) {
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FAILED");
  }

  @Test
  void a_wait_for_the_source_is_nothing_to_do_anything_about() {
    long job = connect(5);
    box(job).allow(1, 3_600);
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> runState(job).equals("WAITING"));

    var told = of(job, "SOURCE_WAIT");

    assertThat(told.path("severity").asString()).isEqualTo("INFO");
    assertThat(told.path("remedy").asString()).startsWith("Nothing is to do");
    assertThat(told.path("until")).isEqualTo(run(runOf(job)).path("resumesAt"));
    assertThat(Instant.parse(told.path("since").asString())).isBefore(Instant.now().plusSeconds(5));
    assertThat(told.at("/target/id").asLong()).isEqualTo(runOf(job));
  }

  @Test
  void a_late_job_says_since_when_unless_it_is_said_that_it_failed() {
    long job = connect(1);
    jdbc.sql("update orchestrator set resumed_at = null").update();
    jdbc.sql(
            "update job set last_success = clock_timestamp() - interval '605 minutes' where id = ?")
        .param(job)
        .update();

    var told = of(job, "JOB_LATE");

    assertThat(told.path("severity").asString()).isEqualTo("WARNING");
    assertThat(told.path("detail").asString())
        .isEqualTo("No success for 10 hours: 10 planned times have passed");
    assertThat(
            Duration.between(Instant.parse(told.path("since").asString()), Instant.now())
                .toMinutes())
        .isBetween(544L, 546L);
    var fresh = freshness(job);
    assertThat(fresh.path("late").asBoolean()).isTrue();
    assertThat(fresh.path("missed").asInt()).isEqualTo(10);
    assertThat(fresh.path("missedSince")).isEqualTo(told.path("since"));
    jdbc.sql(
            """
            update job
               set failures = 1, error = '{"category":"SOURCE","message":"m","remedy":"r"}'
             where id = ?
            """)
        .param(job)
        .update();
    assertThat(all(job))
        .extracting(each -> each.path("kind").asString())
        .containsExactly("JOB_FAILED");
  }

  @Test
  void what_is_missing_of_the_data_is_counted_as_its_page_counts_it() {
    long job = connect(1);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");
    assertThat(all(job)).isEmpty();

    for (int i = 0; i < 3; i++) setAside(job, "red-" + i, i == 0 ? "30 days" : "1 hour");
    for (var stream : List.of("cards", "comments")) {
      jdbc.sql(
              "insert into unreadable (connection_id, partition, stream, reason) values (?, 'red',"
                  + " ?, 'no right')")
          .params(job, stream)
          .update();
    }
    for (int i = 0; i < 4; i++) {
      jdbc.sql(
              "insert into vanished (connection_id, stream, partition, external_id) values (?,"
                  + " 'cards', 'red', ?)")
          .params(job, "gone-" + i)
          .update();
    }

    var quarantine = of(job, "QUARANTINE_GROWING");
    assertThat(quarantine.path("count").asInt())
        .isEqualTo(size(a.get("quarantine?connection=" + job).json()))
        .isEqualTo(3);
    assertThat(quarantine.path("detail").asString()).isEqualTo("2 within the last day, 3 in all");
    var coverage = a.get("jobs/" + job + "/coverage").json();
    int holes = coverage.path("streams").size();
    for (var item : coverage.path("items")) holes += item.path("unreadable").size();
    assertThat(of(job, "COVERAGE_HOLE").path("count").asInt()).isEqualTo(holes).isEqualTo(2);
    assertThat(of(job, "VANISHED_ROWS").path("count").asInt())
        .isEqualTo(size(a.get("jobs/" + job + "/vanished").json()))
        .isEqualTo(4);
    jdbc.sql("update quarantine set first_seen = clock_timestamp() - interval '2 days'").update();
    assertThat(all(job)).noneMatch(each -> each.path("kind").asString().startsWith("QUAR"));
    assertThat(a.get("attention").json().path("items"))
        .allMatch(each -> !each.path("remedy").asString().isBlank());
  }

  @Test
  void a_maintenance_is_told_with_its_reason() {
    a.ask("POST", "orchestrator/pause", "{\"reason\":\"disk is moved\"}");

    var told = a.get("attention").json().at("/items/0");

    assertThat(told.path("kind").asString()).isEqualTo("ORCHESTRATOR_PAUSED");
    assertThat(told.path("detail").asString()).isEqualTo("disk is moved");
    assertThat(told.path("since")).isEqualTo(a.get("orchestrator").json().path("since"));
  }

  /** Made a moment ago by keytool, for 90 days. */
  @Test
  void a_certificate_is_told_of_before_it_expires_and_louder_after() throws Exception {
    long job = connect(1);
    trust(job, TestAuthority.make().pem());
    assertThat(all(job)).as("90 days are enough").isEmpty();

    trust(job, TestAuthority.make("-validity", "20").pem());
    var soon = of(job, "CERTIFICATE_EXPIRES");
    trust(job, TestAuthority.make("-startdate", "-3d", "-validity", "2").pem());
    var over = of(job, "CERTIFICATE_EXPIRES");

    assertThat(soon.path("severity").asString()).isEqualTo("WARNING");
    assertThat(
            Duration.between(Instant.now(), Instant.parse(soon.path("until").asString())).toDays())
        .isBetween(19L, 20L);
    assertThat(soon.path("detail").asString()).isEqualTo("CN=Acme internal");
    assertThat(soon.at("/target/page").asString()).isEqualTo("CONNECTION");
    assertThat(over.path("severity").asString()).isEqualTo("ERROR");
    assertThat(Instant.parse(over.path("since").asString())).isBefore(Instant.now());
  }

  @Test
  void how_fresh_each_stream_is_follows_from_the_last_run_that_read_it_to_its_end() {
    long job = connect(1);
    var before = freshness(job);
    assertThat(before.path("lastSuccess").isNull()).isTrue();
    assertThat(before.path("streams")).isEmpty();

    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");
    var read = freshness(job);

    assertThat(read.path("lastSuccess")).isEqualTo(job(job).path("lastSuccess"));
    assertThat(read.path("nextDueAt")).isEqualTo(job(job).path("nextDueAt"));
    assertThat(read.path("late").asBoolean()).isFalse();
    assertThat(read.path("streams")).isNotEmpty().allMatch(each -> each.path("readAt").isString());
    assertThat(read.path("oldest")).isEqualTo(read.at("/streams/0"));

    box(job).breakAt("/boards", 401);
    failAgain(job);
    assertThat(stream(freshness(job), "cards").path("readAt"))
        .as("the run that failed has read nothing to its end")
        .isEqualTo(stream(read, "cards").path("readAt"));
  }

  private static JsonNode stream(JsonNode freshness, String name) {
    return freshness
        .path("streams")
        .valueStream()
        .filter(each -> each.path("stream").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void setAside(long job, String id, String ago) {
    jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw, first_seen)
            values (?, 'cards', 'red', 'red', ?, 'was odd', '{}', clock_timestamp() - ?::interval)
            """)
        .params(job, id, ago)
        .update();
  }

  private void trust(long job, String pem) {
    jdbc.sql("update connection set network = ?::jsonb where id = ?")
        .params(JsonMapper.shared().writeValueAsString(Map.of("caCertificate", pem)), job)
        .update();
  }

  private static int size(JsonNode list) {
    return list.path("items").size();
  }

  private JsonNode of(long job, String kind) {
    var found =
        all(job).stream().filter(each -> each.path("kind").asString().equals(kind)).toList();
    assertThat(found).as("%s in %s", kind, all(job)).hasSize(1);
    return found.getFirst();
  }

  private List<JsonNode> all(long job) {
    return a.get("attention")
        .json()
        .path("items")
        .valueStream()
        .filter(each -> each.path("connectionId").asLong() == job)
        .toList();
  }

  private JsonNode freshness(long job) {
    return b.get("freshness")
        .json()
        .path("items")
        .valueStream()
        .filter(each -> each.path("connectionId").asLong() == job)
        .findFirst()
        .orElseThrow();
  }
}
