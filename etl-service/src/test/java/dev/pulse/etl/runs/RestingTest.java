package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.ingest.Fence;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How a job stands when its run has ended, waits or was stopped. */
class RestingTest extends TwoNodesTest {

  @Test
  void a_run_that_goes_on_after_a_week_leaves_its_job_due_again() {
    long job = connect(15);
    box(job).hold("/blue");
    accepted(a.post("jobs/" + job + "/start"));
    await()
        .until(
            () ->
                count(
                        "select count(*) from run_stream where partition = 'red' and ended_at >"
                            + " '2026-01-01'")
                    > 0);
    accepted(a.post("jobs/" + job + "/pause"));
    box(job).release();
    awaitState(job, "PAUSED");
    jdbc.sql("update run_stream set ended_at = ended_at - interval '7 days'").update();

    accepted(a.post("jobs/" + job + "/resume"));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count("select count(*) from run where job_id = ?", job) == 2);
    awaitState(job, "FINISHED");
    assertThat(Instant.parse(job(job).path("lastSuccess").asString()))
        .isAfter(Instant.now().minusSeconds(60));
  }

  @Test
  void until_then_its_last_success_is_when_the_first_part_was_read() {
    long job = connect(1);
    var claim = claimed(job, "null");
    accepted(a.post("orchestrator/pause"));
    jdbc.sql(
            """
            insert into run_stream (run_id, stream, partition, label, ended_at)
            values (?, 'cards', 'red', 'red', '2026-03-01T00:00:00Z')
            """)
        .param(claim.runId())
        .update();

    a.bean(Endings.class).write(claim, new Outcome.Finished());

    assertThat(job(job).path("lastSuccess").asString()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(Instant.parse(job(job).path("nextDueAt").asString()))
        .isBefore(Instant.now().plusSeconds(5));
  }

  @Test
  void a_job_that_was_to_pause_says_why_in_the_words_of_who_asked() {
    long job = connect(1);
    var claim = claimed(job, "'PAUSE'");

    a.bean(Endings.class).write(claim, new Outcome.Finished());

    assertThat(state(job)).isEqualTo("PAUSED");
    assertThat(job(job).path("reason").asString()).isEqualTo("lunch");
  }

  @Test
  void a_forced_job_that_meets_a_limit_goes_before_others_afterwards_too() {
    long job = connect(5);
    box(job).allow(1, 3_600);

    accepted(a.ask("POST", "jobs/" + job + "/start", "{\"force\":true}"));
    await().until(() -> runState(job).equals("WAITING"));

    assertThat(job(job).path("forced").asBoolean()).isTrue();
  }

  @Test
  void a_forced_job_is_not_forced_any_more_when_its_run_has_ended() {
    long job = connect(1);

    accepted(a.ask("POST", "jobs/" + job + "/start", "{\"force\":true}"));
    awaitState(job, "FINISHED");

    assertThat(job(job).path("forced").asBoolean()).isFalse();
  }

  @Test
  void a_failed_job_that_was_due_and_shall_not_be_is_a_failed_one() {
    long job = connect(1);
    accepted(a.post("orchestrator/pause"));
    jdbc.sql(
            """
            update job
               set state = 'FAILED', failures = 1,
                   error = '{"category":"SOURCE","code":"SOURCE_UNAVAILABLE","message":"down","remedy":"wait"}'
             where id = ?
            """)
        .param(job)
        .update();
    accepted(a.post("jobs/" + job + "/start"));

    accepted(a.post("jobs/" + job + "/stop"));

    assertThat(state(job)).isEqualTo("FAILED");
    assertThat(job(job).path("error").path("message").asString()).isEqualTo("down");
  }

  @Test
  void a_run_that_is_stopped_while_it_waits_leaves_no_lease() {
    long job = connect(5);
    box(job).allow(1, 3_600);
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> runState(job).equals("WAITING"));

    accepted(a.post("jobs/" + job + "/stop"));

    assertThat(count("select count(*) from run_lease where run_id = ?", runOf(job))).isZero();
  }

  @Test
  void a_new_interval_spreads_the_jobs_that_follow_it() {
    for (int i = 0; i < 4; i++) connect(1);

    a.ask("PUT", "orchestrator/settings", "{\"intervalSeconds\":600}");

    assertThat(
            jdbc.sql("select next_fire_time / 1000 from qrtz_triggers where job_name = 'due'")
                .query(Long.class)
                .list())
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  /** A run of which something is wished, and that the test works on. */
  private Claim claimed(long job, String wish) {
    long run =
        jdbc.sql(
                """
                insert into run (job_id, state, attempts, wish, wish_reason, stop_mode)
                values (?, 'RUNNING', 2, %1$s, case when %1$s is not null then 'lunch' end, case when %1$s is not null then 'page' end)
                returning id
                """
                    .formatted(wish))
            .param(job)
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1,"
                + " 'infinity')")
        .param(run)
        .update();
    jdbc.sql("update job set state = 'RUNNING', run_id = ? where id = ?").params(run, job).update();
    return new Claim(job, new Fence(run, 1), 0);
  }
}
