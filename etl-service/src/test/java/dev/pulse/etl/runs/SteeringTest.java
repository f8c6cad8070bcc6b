package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One job is steered from a node that does not work on its run. */
class SteeringTest extends TwoNodesTest {

  private static final int CARDS = 35;

  @Test
  void a_run_of_another_node_is_stopped_at_once() {
    var took = new ArrayList<Duration>();
    long job = connect(CARDS);
    for (int i = 0; i < 20; i++) {
      box(job).hold();
      accepted(a.post("jobs/" + job + "/start"));
      await().until(() -> box(job).waiting() > 0);
      var asked = Instant.now();

      accepted(other(job).ask("POST", "jobs/" + job + "/stop", "{\"mode\":\"now\"}"));

      awaitState(job, "NOT_STARTED");
      took.add(Duration.between(asked, Instant.now()));
      assertThat(run(runOf(job)).path("state").asString()).isEqualTo("STOPPED");
      box(job).release();
      await().until(() -> box(job).waiting() == 0);
    }

    assertThat(took.stream().sorted().toList().get(18)).isLessThan(Duration.ofSeconds(2));
    assertConsistent();
  }

  @Test
  void a_run_of_another_node_is_stopped_after_its_page_and_the_next_goes_on_from_there() {
    long job = running(CARDS);

    var told =
        accepted(other(job).ask("POST", "jobs/" + job + "/stop", "{\"reason\":\"lunch\"}")).json();

    assertThat(told.path("job").path("state").asString()).isEqualTo("RUNNING");
    assertThat(told.path("job").path("wish").asString()).isEqualTo("STOP");
    assertThat(told.path("job").path("reason").asString()).isEqualTo("Is being stopped: lunch");
    assertThat(told.path("consequence").asString()).contains("the next one goes on where it");
    box(job).release();
    awaitState(job, "NOT_STARTED");
    long rows = job(job).path("rows").asLong();
    assertThat(rows).as("the pages under way were stored").isGreaterThan(10);
    assertThat(job(job).path("unfinished").asBoolean()).isTrue();
    var repeated = b.post("jobs/" + job + "/stop");
    assertThat(repeated.code()).isEqualTo("NOT_RUNNING");

    box(job).asked();
    accepted(b.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");
    assertThat(job(job).path("unfinished").asBoolean()).isFalse();
    assertThat(box(job).asked().stream().filter(asked -> asked.contains("cards")))
        .as("no page is read again")
        .noneMatch(asked -> asked.contains("after=&"));
  }

  @Test
  void what_a_stop_leaves_behind_is_told() {
    long job = connect(CARDS);
    box(job).hold("after=red-019");
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> job(job).path("rows").asLong() == 2L * (CARDS + 20) + 2);

    var told = accepted(other(job).ask("POST", "jobs/" + job + "/stop", "{\"mode\":\"now\"}"));

    assertThat(told.json().path("rowsKept").asLong()).isEqualTo(112);
    assertThat(told.json().path("openWalks").asLong()).isEqualTo(1);
    assertThat(told.json().path("consequence").asString())
        .contains("112 rows are kept", "Reading goes on in the middle of cards of red.");
    awaitState(job, "NOT_STARTED");
    assertThat(job(job).path("rows").asLong()).isEqualTo(112);
  }

  @Test
  void a_run_is_paused_in_its_middle_and_goes_on_as_the_same_run() {
    long job = running(CARDS);
    long run = runOf(job);

    accepted(other(job).ask("POST", "jobs/" + job + "/pause", "{\"reason\":\"night\"}"));

    box(job).release();
    awaitState(job, "PAUSED");
    var paused = run(run);
    assertThat(paused.path("state").asString()).isEqualTo("WAITING");
    assertThat(paused.path("waitsFor").asString()).isEqualTo("PAUSED");
    assertThat(paused.path("reason").asString()).isEqualTo("night");
    assertThat(paused.path("resumesAt").isNull()).isTrue();
    assertConsistent();
    accepted(a.post("jobs/" + job + "/pause"));
    a.bean(Firings.class).fired(job, Instant.now());
    assertThat(state(job)).as("neither again nor by its schedule").isEqualTo("PAUSED");
    box(job).asked();

    accepted(b.post("jobs/" + job + "/resume"));

    awaitState(job, "FINISHED");
    assertThat(runOf(job)).isEqualTo(run);
    assertThat(run(run).path("attempts").asInt()).isEqualTo(2);
    assertThat(job(job).path("rows").asLong()).isEqualTo(4L * CARDS + 2);
    assertThat(box(job).asked())
        .as("what the run has read to its end is not read again")
        .noneMatch(asked -> asked.equals("/boards") || asked.contains("after=&"));
  }

  @Test
  void a_pause_that_is_taken_back_before_the_page_has_ended_ends_nothing() {
    long job = running(CARDS);
    long run = runOf(job);
    accepted(other(job).post("jobs/" + job + "/pause"));

    accepted(owner(job).post("jobs/" + job + "/resume"));

    assertThat(job(job).path("wish").isNull()).isTrue();
    box(job).release();
    awaitState(job, "FINISHED");
    assertThat(runOf(job)).isEqualTo(run);
    assertThat(count("select count(*) from run_event where run_id = ? and kind = 'WAITING'", run))
        .isZero();
  }

  @Test
  void whoever_cannot_wait_for_the_page_stops_at_once_after_all() {
    long job = running(CARDS);
    accepted(other(job).post("jobs/" + job + "/pause"));
    assertThat(state(job)).isEqualTo("RUNNING");

    accepted(other(job).ask("POST", "jobs/" + job + "/pause", "{\"mode\":\"now\"}"));

    awaitState(job, "PAUSED");
    assertThat(box(job).waiting()).as("the source has not answered").isPositive();
  }

  @Test
  void a_run_that_waits_for_its_source_can_be_paused_and_stopped() {
    long job = connect(CARDS);
    box(job).allow(3, 3_600);
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> runState(job).equals("WAITING"));

    accepted(b.post("jobs/" + job + "/pause"));

    assertThat(run(runOf(job)).path("waitsFor").asString()).isEqualTo("PAUSED");
    accepted(a.post("jobs/" + job + "/stop"));
    assertThat(state(job)).isEqualTo("NOT_STARTED");
    assertThat(run(runOf(job)).path("state").asString()).isEqualTo("STOPPED");
    assertConsistent();
  }

  @Test
  void what_is_wished_of_a_run_is_done_although_its_node_is_lost() {
    long job = connect(1);
    jdbc.sql("update job set state = 'RUNNING' where id = ?").param(job).update();
    long run =
        jdbc.sql("insert into run (job_id, state) values (?, 'RUNNING') returning id")
            .param(job)
            .query(Long.class)
            .single();
    jdbc.sql("update job set run_id = ? where id = ?").params(run, job).update();
    jdbc.sql("insert into run_lease values (?, 'gone', 1, clock_timestamp() + interval '2 s')")
        .param(run)
        .update();

    accepted(a.post("jobs/" + job + "/stop"));

    awaitState(job, "NOT_STARTED");
    assertThat(run(run).path("state").asString()).isEqualTo("STOPPED");
    assertThat(run(run).path("attempts").asInt()).as("nobody has worked on it").isEqualTo(1);
  }

  @Test
  void bad_wishes_are_refused_by_name() {
    long job = connect(1);

    var wrong =
        List.of(
            a.ask("POST", "jobs/" + job + "/stop", "{\"mode\":\"finish\"}"),
            a.ask("POST", "jobs/" + job + "/pause", "{\"mode\":\"soon\"}"),
            a.ask("POST", "jobs/" + job + "/start", "{\"force\":\"maybe\"}"),
            a.ask(
                "POST",
                "jobs/" + job + "/resume",
                "{\"reason\":\"%s\"}".formatted("x".repeat(501))),
            a.ask("POST", "jobs/" + job + "/activate", "{\"when\":\"now\"}"));

    assertThat(wrong).allMatch(reply -> reply.status() == 400);
    assertThat(wrong.stream().map(Node.Reply::field))
        .containsExactly("mode", "mode", "force", "reason", "when");
    assertThat(a.post("jobs/4711/start").status()).isEqualTo(404);
    assertThat(a.post("jobs/4711/activate").status()).isEqualTo(404);
  }
}
