package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many planned times a job has missed. */
class LateJobsTest extends TwoNodesTest {

  @Test
  void times_in_which_a_job_was_paused_are_not_missed() {
    long job = lateJob();
    accepted(a.post("orchestrator/pause"));
    accepted(a.post("jobs/" + job + "/pause"));

    accepted(a.post("jobs/" + job + "/resume"));
    over();

    assertThat(missed(job)).isZero();
  }

  @Test
  void times_of_an_earlier_schedule_are_not_missed() {
    long job = lateJob();

    a.ask("PUT", "jobs/" + job + "/schedule", "{\"intervalSeconds\":60}");

    assertThat(missed(job)).isZero();
  }

  @Test
  void nothing_is_missed_in_a_maintenance_nor_because_of_one() {
    long job = lateJob();
    accepted(a.post("orchestrator/pause"));
    assertThat(missed(job)).isZero();

    accepted(a.post("orchestrator/resume"));

    assertThat(missed(job)).isZero();
  }

  @Test
  void a_new_interval_of_all_jobs_makes_none_late() {
    long job = lateJob();

    a.ask("PUT", "orchestrator/settings", "{\"intervalSeconds\":60}");

    assertThat(missed(job)).isZero();
  }

  /** Its last success is 10 hours ago, and nothing but itself is to blame. */
  private long lateJob() {
    long job = connect(1);
    over();
    jdbc.sql("update job set last_success = clock_timestamp() - interval '605 minutes'").update();
    assertThat(missed(job)).isEqualTo(10);
    return job;
  }

  /** The maintenance has ended long ago. */
  private void over() {
    jdbc.sql("update orchestrator set state = 'RUNNING', resumed_at = null").update();
  }

  private int missed(long job) {
    return a.bean(JobsHealth.class).all().stream()
        .filter(each -> each.id() == job)
        .findFirst()
        .orElseThrow()
        .missed();
  }
}
