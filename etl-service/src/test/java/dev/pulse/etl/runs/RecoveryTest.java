package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What comes after a run that could not go on. Time is made to pass by moving what is due. */
class RecoveryTest extends TwoNodesTest {

  @Test
  void what_fails_is_tried_again_soon_three_times_and_then_at_its_normal_time() {
    long job = connect(1);
    box(job).breakAt("cards");
    accepted(a.post("jobs/" + job + "/start"));

    for (int failures = 1; failures <= 3; failures++) {
      awaitFailures(job, failures);
      assertThat(dueIn(job)).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
      assertThat(job(job).path("error").path("category").asString()).isEqualTo("SOURCE");
      passTime(job);
    }

    awaitFailures(job, 4);
    assertThat(dueIn(job)).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
    assertThat(count("select count(*) from run where job_id = ? and state = 'FAILED'", job))
        .isEqualTo(4);

    box(job).breakAt("nothing");
    a.bean(Firings.class).fired(job, Instant.now());
    awaitState(job, "FINISHED");
    assertThat(count("select failures from job where id = ?", job)).isZero();
    assertThat(job(job).path("error").isNull()).isTrue();
  }

  @Test
  void the_retries_are_those_that_are_set_now() {
    b.ask("PUT", "orchestrator/settings", "{\"retryAfterSeconds\":60,\"retries\":1}");
    long job = connect(1);
    box(job).breakAt("cards");
    accepted(a.post("jobs/" + job + "/start"));

    awaitFailures(job, 1);
    assertThat(dueIn(job)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    passTime(job);

    awaitFailures(job, 2);
    assertThat(dueIn(job)).isGreaterThan(Duration.ofMinutes(50));
  }

  @Test
  void what_a_person_has_to_mend_is_not_tried_again_soon() {
    long job = connect(1);
    box(job).breakAt("boards", 401);

    accepted(a.post("jobs/" + job + "/start"));

    awaitState(job, "FAILED");
    assertThat(job(job).path("error").path("category").asString()).isEqualTo("CONFIGURATION");
    assertThat(job(job).path("error").path("remedy").asString()).isNotBlank();
    assertThat(dueIn(job)).isGreaterThan(Duration.ofMinutes(50));
    box(job).breakAt("nothing");
    a.bean(Firings.class).fired(job, Instant.now());
    awaitState(job, "FINISHED");
  }

  @Test
  void a_run_that_its_source_lets_wait_frees_its_place_and_goes_on_by_itself() {
    a.ask("PUT", "orchestrator/settings", "{\"maxActive\":1}");
    long limited = connect(35);
    box(limited).allow(3, 3_600);
    accepted(a.post("jobs/" + limited + "/start"));
    await().until(() -> runState(limited).equals("WAITING"));
    long run = runOf(limited);
    assertThat(run(run).path("waitsFor").asString()).isEqualTo("SOURCE");
    assertThat(run(run).path("resumesAt")).isEqualTo(job(limited).path("nextDueAt"));
    assertThat(dueIn(limited)).isGreaterThan(Duration.ofMinutes(59));
    assertThat(job(limited).path("reason").asString()).contains("too many questions");

    long other = connect(1);
    accepted(a.post("jobs/" + other + "/start"));
    awaitState(other, "FINISHED");

    box(limited).allow(Integer.MAX_VALUE, 0);
    passTime(limited);
    awaitState(limited, "FINISHED");
    assertThat(runOf(limited)).isEqualTo(run);
    assertThat(job(limited).path("rows").asLong()).isEqualTo(4 * 35 + 2);
  }

  @Test
  void an_allowance_that_only_lasts_for_the_catalogue_suffices() {
    long job = connect(5);
    box(job).allow(1, 1);

    accepted(a.post("jobs/" + job + "/start"));

    awaitState(job, "FINISHED");
    assertThat(job(job).path("rows").asLong()).isEqualTo(4 * 5 + 2);
    assertThat(count("select count(*) from run where job_id = ?", job)).isEqualTo(1);
    assertThat(box(job).asked().stream().filter("/boards"::equals)).hasSize(1);
  }

  @Test
  void a_stopped_run_is_not_tried_again_although_it_fails_while_it_stops() {
    long job = running(1);
    box(job).breakAt("cards", 401);
    accepted(other(job).post("jobs/" + job + "/stop"));
    box(job).release();

    await().until(() -> !state(job).equals("RUNNING"));

    assertThat(dueIn(job)).isGreaterThan(Duration.ofMinutes(50));
    assertConsistent();
  }

  private void awaitFailures(long job, int failures) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count("select failures from job where id = ?", job) == failures);
    assertThat(state(job)).isEqualTo("FAILED");
  }

  private Duration dueIn(long job) {
    return Duration.between(Instant.now(), Instant.parse(job(job).path("nextDueAt").asString()));
  }

  private void passTime(long job) {
    jdbc.sql("update job set next_due_at = clock_timestamp() where id = ?").param(job).update();
  }
}
