package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is asked of a run, and whatever it waits for, is in its history. */
class RunHistoryTest extends TwoNodesTest {

  @Test
  void what_is_asked_and_taken_back_is_told_with_its_reason() {
    long job = running(35);

    accepted(a.ask("POST", "jobs/" + job + "/pause", "{\"reason\":\"lunch\"}"));
    accepted(a.ask("POST", "jobs/" + job + "/resume", "{\"reason\":\"no lunch\"}"));

    assertThat(history(job))
        .containsSubsequence(
            "ASKED Asked to pause: lunch", "WITHDRAWN Not asked to pause any more: no lunch");
  }

  @Test
  void a_maintenance_is_told_by_each_run_that_is_to_hold_and_so_is_its_end() {
    long going = running(35);
    long held = running(35);
    accepted(a.ask("POST", "orchestrator/pause", "{\"reason\":\"upgrade\"}"));
    box(held).release();
    await().until(() -> runState(held).equals("WAITING"));

    accepted(a.ask("POST", "orchestrator/resume", "{\"reason\":\"all is new\"}"));

    assertThat(history(going))
        .containsSubsequence(
            "ASKED Asked to hold: upgrade", "WITHDRAWN Not asked to hold any more: all is new");
    assertThat(history(held))
        .containsSubsequence(
            "ASKED Asked to hold: upgrade",
            "WAITING Waits: upgrade",
            "WAITS_FOR Waits only for its turn: all is new");
  }

  @Test
  void an_activation_is_told_by_each_run_that_is_to_hold() {
    long job = running(35);

    accepted(a.ask("POST", "jobs/" + connect(1) + "/activate", "{\"reason\":\"it is urgent\"}"));

    assertThat(history(job)).contains("ASKED Asked to hold: it is urgent");
  }

  @Test
  void a_run_that_waits_tells_what_else_it_waits_for() {
    long job = connect(5);
    box(job).allow(1, 3_600);
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> runState(job).equals("WAITING"));

    accepted(a.ask("POST", "jobs/" + job + "/pause", "{\"reason\":\"the source moves\"}"));

    assertThat(history(job)).contains("WAITS_FOR Waits until it is resumed: the source moves");
  }

  @Test
  void a_maintenance_that_lets_runs_finish_asks_nothing_of_one_whose_pause_is_taken_back() {
    long job = running(35);
    accepted(a.ask("POST", "orchestrator/pause", "{\"mode\":\"finish\"}"));
    accepted(a.post("jobs/" + job + "/pause"));

    accepted(a.post("jobs/" + job + "/resume"));

    assertThat(job(job).path("wish").isNull()).isTrue();
    box(job).release();
    awaitState(job, "FINISHED");
    assertThat(history(job)).noneMatch(each -> each.contains("to hold"));
  }

  @Test
  void what_is_still_asked_is_asked_as_it_was_and_for_its_reason() {
    long job = running(35);
    accepted(a.ask("POST", "jobs/" + job + "/pause", "{\"reason\":\"lunch\"}"));
    jdbc.sql("update orchestrator set state = 'PAUSED', mode = 'now', reason = 'upgrade'").update();

    accepted(a.ask("POST", "jobs/" + job + "/resume", "{\"reason\":\"no lunch\"}"));

    assertThat(history(job))
        .contains("WITHDRAWN Not asked to pause any more: no lunch; still asked to hold: upgrade");
    await().until(() -> runState(job).equals("WAITING"));
    assertThat(run(runOf(job)).path("waitsFor").asString()).isEqualTo("MAINTENANCE");
    assertThat(box(job).waiting()).as("the page was not waited for").isPositive();
  }

  private List<String> history(long job) {
    return jdbc.sql("select kind || ' ' || message from run_event where run_id = ? order by id")
        .param(runOf(job))
        .query(String.class)
        .list();
  }
}
