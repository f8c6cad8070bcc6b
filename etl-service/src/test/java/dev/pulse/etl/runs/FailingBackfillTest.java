package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the source cannot serve again does not fail the runs of its job for ever. */
class FailingBackfillTest extends ToyBackfills {

  @Test
  void one_that_keeps_failing_is_given_up_and_the_run_goes_on_and_ends_well() {
    long job = connectAndRead();
    backfill(job, "\"stream\":\"cards\",\"partition\":\"red\",");
    box(job).breakAt("/boards/red/cards?limit=10&after=red-029&since=" + TENTH);

    for (int failures = 1; failures < 3; failures++) {
      readAndFail(job);

      assertThat(latest(job).path("state").asString()).isEqualTo("RUNNING");
      assertThat(latest(job).path("failures").asInt()).isEqualTo(failures);
      assertThat(latest(job).path("failure").asString()).contains("500");
    }
    backfill(job, "\"stream\":\"cards\",\"partition\":\"blue\",");
    read(job);

    assertThat(latest(job).path("state").asString()).as("the next one").isEqualTo("FINISHED");
    var given = items("jobs/" + job + "/backfills").get(1);
    assertThat(given.path("state").asString()).isEqualTo("FAILED");
    assertThat(given.path("failures").asInt()).isEqualTo(3);
    assertThat(given.path("failure").asString()).contains("500");
    assertThat(given.path("remedy").asString()).contains("ask for it again");
    assertThat(given.path("endedAt").isString()).isTrue();
    assertTold(job, given.path("id").asLong());

    box(job).breakAt("nothing");
    backfill(job, "\"stream\":\"cards\",\"partition\":\"red\",");
    read(job);

    assertThat(latest(job).path("state").asString()).as("asked for again").isEqualTo("FINISHED");
    assertThat(latest(job).path("failure").isNull()).isTrue();
  }

  @Test
  void one_that_comes_further_with_each_run_is_not_given_up() {
    long job = connectAndRead();
    backfill(job, "\"stream\":\"cards\",\"partition\":\"red\",");
    box(job).breakAt("after=red-019&since=" + TENTH);
    readAndFail(job);
    readAndFail(job);
    assertThat(latest(job).path("failures").asInt()).isEqualTo(2);
    box(job).breakAt("after=red-029&since=" + TENTH);

    readAndFail(job);

    assertThat(latest(job).path("state").asString()).isEqualTo("RUNNING");
    assertThat(latest(job).path("failures").asInt()).as("a page was stored").isEqualTo(1);
    box(job).breakAt("nothing");
    read(job);
    assertThat(latest(job).path("state").asString()).isEqualTo("FINISHED");
    assertThat(latest(job).path("failure").isNull()).isTrue();
    assertThat(latest(job).path("failures").asInt()).isZero();
  }

  @Test
  void waiting_for_an_allowance_is_no_failure() {
    long job = connectAndRead();
    backfill(job, "\"stream\":\"cards\",\"partition\":\"red\",");
    box(job).allow(4, 1);

    read(job);

    assertThat(latest(job).path("state").asString()).isEqualTo("FINISHED");
    assertThat(latest(job).path("failures").asInt()).isZero();
    assertThat(run(runOf(job)).path("attempts").asInt()).as("it has waited").isGreaterThan(1);
  }

  @Test
  void one_of_what_has_left_the_scope_meanwhile_has_failed_and_not_ended_well() {
    long job = connectAndRead();
    backfill(job, "\"partition\":\"blue\",");
    scope(job, "red");

    read(job);

    assertThat(latest(job).path("state").asString()).isEqualTo("FAILED");
    assertThat(latest(job).path("failure").asString()).contains("left the scope");
    assertThat(latest(job).path("remedy").asString()).contains("Include it");
  }

  /** In the run, among its errors, and among those of the job. */
  private void assertTold(long job, long id) {
    var events = items("runs/" + runOf(job) + "/events");
    assertThat(events)
        .filteredOn(each -> each.path("kind").asString().equals("BACKFILL_FAILED"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.path("message").asString())
                    .contains("Backfill " + id, "3 runs in a row", "500", "ask for it again"));
    assertThat(events.getLast().path("kind").asString()).isEqualTo("FINISHED");
    assertThat(items("runs/" + runOf(job) + "/errors")).hasSize(1);
    assertThat(items("jobs/" + job + "/errors"))
        .anySatisfy(
            each -> {
              assertThat(each.path("code").asString()).isEqualTo("BACKFILL_FAILED");
              assertThat(each.path("category").asString()).isEqualTo("SOURCE");
              assertThat(each.path("stream").asString()).isEqualTo("cards");
            });
  }

  private void readAndFail(long job) {
    long before = runOf(job);
    accepted(a.post("jobs/" + job + "/start"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> runOf(job) > before && state(job).equals("FAILED"));
  }

  private List<JsonNode> items(String path) {
    return a.get(path).json().path("items").valueStream().toList();
  }
}
