package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which job goes next, which wait, and why. */
class OrderTest extends TwoNodesTest {

  @Test
  void a_forced_start_jumps_the_queue() {
    oneByOne();
    long first = running(1);
    long second = start(connect(1), "{}");
    long third = start(connect(1), "{}");
    long forced = start(connect(1), "{\"force\":true}");

    assertThat(queue()).containsExactly(forced, second, third);
    assertThat(reason(second)).isEqualTo("Waits for a free place: 1 of 1 runs are going on");
    assertThat(ids(b.get("orchestrator").json().path("running"))).containsExactly(first);

    box(first).release();
    for (long job : List.of(first, forced, second, third)) awaitState(job, "FINISHED");
    assertThat(begun()).containsExactly(first, forced, second, third);
    assertThat(run(runOf(forced)).path("forced").asBoolean()).isTrue();
  }

  @Test
  void the_job_whose_last_success_is_oldest_goes_first() {
    long newest = succeeded("2026-03-01");
    long oldest = succeeded("2026-01-01");
    long never = connect(1);
    oneByOne();
    long blocker = running(1);

    for (long job : List.of(newest, oldest, never)) start(job, "{}");

    assertThat(queue()).containsExactly(never, oldest, newest);
    box(blocker).release();
    for (long job : List.of(never, oldest, newest)) awaitState(job, "FINISHED");
    assertThat(begun()).endsWith(never, oldest, newest);
  }

  @Test
  void a_job_waits_for_the_run_that_uses_its_budget_and_says_so() {
    long first = running(1);
    long second = connect(box(first));

    start(second, "{}");

    var name = job(first).path("name").asString();
    assertThat(reason(second))
        .isEqualTo("Waits for run %d of %s: same budget".formatted(runOf(first), name));
    box(first).release();
    awaitState(second, "FINISHED");
  }

  @Test
  void the_activated_job_goes_next_and_all_others_wait_until_it_has_ended() {
    long first = running(35);
    long second = running(35);
    var runs = List.of(runOf(first), runOf(second));
    long third = connect(1);
    long fourth = connect(1);
    box(third).hold();

    accepted(b.post("jobs/" + third + "/activate"));

    start(fourth, "{\"force\":true}");
    box(first).release();
    box(second).release();
    await().until(() -> box(third).waiting() > 0);
    for (long job : List.of(first, second)) {
      awaitState(job, "PENDING");
      assertThat(run(runOf(job)).path("waitsFor").asString()).isEqualTo("ACTIVATION");
    }
    var name = job(third).path("name").asString();
    for (long job : List.of(first, second, fourth)) {
      assertThat(reason(job))
          .isEqualTo("Waits until %s has ended, which was activated".formatted(name));
    }
    assertThat(a.get("orchestrator").json().path("activated").asLong()).isEqualTo(third);
    assertThat(ids(a.get("orchestrator").json().path("running"))).containsExactly(third);

    box(third).release();

    for (long job : List.of(first, second, third, fourth)) awaitState(job, "FINISHED");
    assertThat(List.of(runOf(first), runOf(second))).as("the same runs").isEqualTo(runs);
    assertThat(a.get("orchestrator").json().path("activated").isNull()).isTrue();
    assertConsistent();
  }

  @Test
  void runs_that_may_finish_go_on_beside_the_activated_job() {
    long first = running(1);
    long second = connect(1);
    box(second).hold();

    accepted(b.ask("POST", "jobs/" + second + "/activate", "{\"mode\":\"finish\"}"));

    await().until(() -> box(second).waiting() > 0);
    box(first).release();
    awaitState(first, "FINISHED");
    box(second).release();
    awaitState(second, "FINISHED");
  }

  @Test
  void a_job_that_takes_over_as_the_activated_one_lets_the_one_before_wait() {
    long first = connect(35);
    box(first).hold();
    accepted(a.post("jobs/" + first + "/activate"));
    await().until(() -> box(first).waiting() > 0);
    long second = connect(1);

    accepted(b.post("jobs/" + second + "/activate"));

    box(first).release();
    awaitState(second, "FINISHED");
    awaitState(first, "FINISHED");
    assertThat(run(runOf(first)).path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void all_jobs_at_rest_are_started_at_once_and_paused_ones_are_not() {
    long first = connect(1);
    long second = succeeded("2026-01-01");
    long paused = connect(1);
    accepted(a.post("jobs/" + paused + "/pause"));

    accepted(b.post("orchestrator/start"));

    await().until(() -> runOf(second) > 0);
    awaitState(first, "FINISHED");
    awaitState(second, "FINISHED");
    assertThat(state(paused)).isEqualTo("PAUSED");
    accepted(a.post("orchestrator/start"));
  }

  private void oneByOne() {
    assertThat(a.ask("PUT", "orchestrator/settings", "{\"maxActive\":1}").status()).isEqualTo(200);
  }

  private long start(long job, String wish) {
    accepted(b.ask("POST", "jobs/" + job + "/start", wish));
    return job;
  }

  private long succeeded(String at) {
    long job = connect(1);
    jdbc.sql("update job set state = 'FINISHED', last_success = ?::timestamptz where id = ?")
        .params(at, job)
        .update();
    return job;
  }

  private List<Long> queue() {
    return ids(a.get("orchestrator").json().path("queue"));
  }

  private static List<Long> ids(JsonNode jobs) {
    return jobs.valueStream().map(each -> each.path("id").asLong()).toList();
  }

  private String reason(long job) {
    return job(job).path("reason").asString();
  }

  /** Jobs in the order in which their runs began. */
  private List<Long> begun() {
    return jdbc.sql("select job_id from run order by id").query(Long.class).list();
  }
}
