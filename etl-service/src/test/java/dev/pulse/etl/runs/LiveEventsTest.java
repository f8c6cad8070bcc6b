package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.runs.Listener.Event;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happens anywhere in the cluster is told to everybody who listens, as it happens. */
class LiveEventsTest extends LiveTest {

  @Test
  void what_is_done_on_one_node_is_heard_on_the_other() {
    long job = connect(1);
    var heard = listen(b, "");
    heard.await("snapshot", snapshot -> true);

    accepted(a.post("jobs/" + job + "/pause"));

    var event = heard.await("job", change -> state(change, job).equals("PAUSED"));
    assertThat(event.data().path("jobId").asLong()).isEqualTo(job);
    assertThat(event.version()).isPositive();
    assertThat(event.data().path("job")).isEqualTo(job(job));
  }

  @Test
  void a_run_is_told_from_its_beginning_to_its_end_and_versions_never_go_back() {
    var onA = listen(a, "");
    var onB = listen(b, "");
    for (var each : List.of(onA, onB)) each.await("snapshot", any -> true);

    long job = connect(35);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");

    long run = runOf(job);
    for (var each : List.of(onA, onB)) {
      each.await("job", change -> state(change, job).equals("FINISHED"));
      each.await(
          "run",
          change ->
              change.path("runId").asLong() == run
                  && change.path("run").path("state").asString().equals("FINISHED"));
      await().untilAsserted(() -> assertLastNumbersAreThoseStored(each, run));
      assertRising(each.events());
    }
  }

  private void assertLastNumbersAreThoseStored(Listener heard, long run) {
    var last = new HashMap<String, JsonNode>();
    for (var each : heard.events("stream")) {
      if (each.data().path("runId").asLong() == run) {
        var stream = each.data().path("stream");
        last.put(stream.path("stream").asString(), stream);
      }
    }
    var stored =
        jdbc.sql(
                """
                select stream, sum(pages) as pages, sum(inserted) as inserted, sum(unchanged) as unchanged,
                  sum(read) as read
                from run_stream
                where run_id = ?
                group by 1
                """)
            .param(run)
            .query()
            .listOfRows();
    assertThat(last).hasSameSizeAs(stored);
    for (var row : stored) {
      var told = last.get((String) row.get("stream"));
      assertThat(told).isNotNull();
      for (var number : List.of("pages", "inserted", "unchanged", "read")) {
        assertThat(told.path(number).asLong())
            .as(number)
            .isEqualTo(Long.parseLong(String.valueOf(row.get(number))));
      }
      assertThat(told.path("expected").asLong()).isEqualTo(told.path("read").asLong());
      assertThat(told.path("percent").asDouble()).isEqualTo(100);
      assertThat(told.path("state").asString()).isEqualTo("ENDED");
    }
  }

  private static void assertRising(List<Event> events) {
    var latest = new HashMap<Long, Long>();
    for (var each : events) {
      if (!each.data().has("jobId")) continue;
      long job = each.data().path("jobId").asLong();
      assertThat(each.version()).isGreaterThanOrEqualTo(latest.getOrDefault(job, 0L));
      latest.put(job, each.version());
    }
  }

  @Test
  void counters_are_told_while_a_page_is_awaited() {
    long job = connect(25);
    var heard = listen(b, "?jobs=" + job);
    box(job).hold("after=red-009");
    accepted(a.post("jobs/" + job + "/start"));

    var event =
        heard.await(
            "stream",
            change ->
                change.path("stream").path("partitionsEnded").asInt() == 1
                    && change.path("stream").path("read").asInt() == 35);

    var cards = event.data().path("stream");
    assertThat(cards.path("partitions").asInt()).isEqualTo(2);
    assertThat(cards.path("label").asString()).isEqualTo("cards");
    assertThat(cards.path("state").asString()).isEqualTo("READING");
    assertThat(cards.path("expected").isNull()).as("this source counts nothing").isTrue();
    assertThat(cards.path("percent").isNull()).isTrue();
    assertThat(cards.path("open").path(0).path("standing").path("words").asString())
        .isEqualTo("cards of red, up to 1 January 2026");
  }

  @Test
  void how_far_each_partition_has_been_read_is_told_in_words_and_as_instants() {
    long job = connect(3);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");

    var checkpoints = b.get("jobs/" + job + "/checkpoints").json().path("items");

    assertThat(
            checkpoints.valueStream().map(each -> each.path("standing").path("words").asString()))
        .satisfiesExactly(
            words -> assertThat(words).startsWith("boards, up to date as of "),
            words -> assertThat(words).startsWith("cards of blue, up to date as of "),
            words -> assertThat(words).startsWith("cards of red, up to date as of "));
    for (var each : checkpoints) {
      assertThat(each.path("standing").path("upToDateAsOf")).isEqualTo(each.path("completedAt"));
    }
    assertThat(checkpoints.path(1).path("read").asInt()).isEqualTo(3);
    assertThat(b.get("runs/" + runOf(job) + "/streams").json().path("items"))
        .allSatisfy(
            each -> {
              assertThat(each.path("percent").asDouble()).isEqualTo(100);
              assertThat(each.path("eta").isNull()).isTrue();
            });
  }

  @Test
  void why_a_run_waits_and_until_when_is_told() {
    long job = connect(25);
    var heard = listen(a, "");
    box(job).allow(3, 3_600);
    accepted(a.post("jobs/" + job + "/start"));

    var event =
        heard.await(
            "run",
            change ->
                change.path("jobId").asLong() == job
                    && change.path("run").path("state").asString().equals("WAITING"));

    var wait = event.data().path("progress").path("waits");
    assertThat(wait.path("waitsFor").asString()).isEqualTo("SOURCE");
    assertThat(wait.path("reason").asString()).contains("too many questions");
    assertThat(wait.path("until")).isEqualTo(run(runOf(job)).path("resumesAt"));
    accepted(a.post("jobs/" + job + "/stop"));
  }

  @Test
  void a_job_that_is_deleted_is_told_to_be_gone() {
    long job = connect(1);
    var heard = listen(b, "");
    heard.await("snapshot", any -> true);

    a.ask("DELETE", "connections/" + job, "");

    heard.await(
        "job", change -> change.path("jobId").asLong() == job && change.path("job").isNull());
  }

  @Test
  void a_budget_is_told_as_it_is_spent() {
    long job = connect(1);
    var heard = listen(b, "?jobs=" + job);
    heard.await("snapshot", any -> true);
    jdbc.sql("update job set budget_keys = '{live}' where id = ?").param(job).update();
    jdbc.sql(
            """
            insert into rate_budget (budget_key, resource, allowance, remaining, resets_at)
            values ('live', 'core', 5000, 4999, clock_timestamp() + interval '1 hour')
            """)
        .update();

    jdbc.sql("update job set version = version + 1 where id = ?").param(job).update();

    var event = heard.await("budget", any -> true);
    assertThat(event.data().path("jobIds").path(0).asLong()).isEqualTo(job);
    assertThat(event.data().path("budget").path("remaining").asLong()).isEqualTo(4_999);
    jdbc.sql("delete from rate_budget where budget_key = 'live'").update();
  }
}
