package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything is held for a while, and goes on by itself. */
class MaintenanceTest extends TwoNodesTest {

  @ParameterizedTest
  @ValueSource(strings = {"page", "now"})
  void runs_hold_and_go_on_by_themselves(String mode) {
    long first = running(35);
    long second = running(35);
    var runs = List.of(runOf(first), runOf(second));
    long third = connect(1);

    accepted(
        b.ask(
            "POST",
            "orchestrator/pause",
            "{\"mode\":\"%s\",\"reason\":\"upgrade\"}".formatted(mode)));

    accepted(a.post("jobs/" + third + "/start"));
    if (mode.equals("page")) {
      box(first).release();
      box(second).release();
    }
    for (long job : List.of(first, second)) {
      awaitState(job, "PENDING");
      assertThat(run(runOf(job)).path("state").asString()).isEqualTo("WAITING");
      assertThat(run(runOf(job)).path("waitsFor").asString()).isEqualTo("MAINTENANCE");
    }
    for (long job : List.of(first, second, third)) {
      assertThat(job(job).path("reason").asString())
          .isEqualTo("Waits for the end of the maintenance: upgrade");
    }
    var view = a.get("orchestrator").json();
    assertThat(view.path("state").asString()).isEqualTo("PAUSED");
    assertThat(view.path("reason").asString()).isEqualTo("upgrade");
    assertThat(view.path("running")).isEmpty();
    assertThat(view.path("queue")).hasSize(3);
    accepted(a.post("orchestrator/pause"));
    assertConsistent();

    box(first).release();
    box(second).release();
    accepted(a.post("orchestrator/resume"));

    for (long job : List.of(first, second, third)) awaitState(job, "FINISHED");
    assertThat(List.of(runOf(first), runOf(second))).as("the same runs").isEqualTo(runs);
    accepted(b.post("orchestrator/resume"));
    assertThat(b.get("orchestrator").json().path("state").asString()).isEqualTo("RUNNING");
  }

  @Test
  void runs_may_finish_before_the_maintenance() {
    long first = running(35);
    long second = connect(1);

    accepted(b.ask("POST", "orchestrator/pause", "{\"mode\":\"finish\"}"));
    accepted(a.post("jobs/" + second + "/start"));

    box(first).release();
    awaitState(first, "FINISHED");
    assertThat(run(runOf(first)).path("attempts").asInt()).isEqualTo(1);
    assertThat(state(second)).isEqualTo("PENDING");
    accepted(a.post("orchestrator/resume"));
    awaitState(second, "FINISHED");
  }

  @Test
  void a_maintenance_that_ends_before_the_page_ends_nothing() {
    long job = running(35);
    accepted(b.post("orchestrator/pause"));
    assertThat(job(job).path("wish").asString()).isEqualTo("MAINTENANCE");

    accepted(b.post("orchestrator/resume"));

    box(job).release();
    awaitState(job, "FINISHED");
    assertThat(count("select count(*) from run where job_id = ?", job)).isEqualTo(1);
  }

  @Test
  void who_pauses_a_job_in_the_maintenance_finds_it_paused_afterwards() {
    long job = running(35);
    accepted(b.post("orchestrator/pause"));
    accepted(a.post("jobs/" + job + "/pause"));
    box(job).release();
    awaitState(job, "PAUSED");

    accepted(b.post("orchestrator/resume"));
    accepted(a.post("orchestrator/start"));

    assertThat(state(job)).isEqualTo("PAUSED");
    accepted(a.post("jobs/" + job + "/resume"));
    awaitState(job, "FINISHED");
  }

  @Test
  void a_pause_taken_back_in_the_maintenance_holds_the_run_until_it_has_ended() {
    long job = running(35);
    accepted(a.post("jobs/" + job + "/pause"));
    accepted(b.post("orchestrator/pause"));

    accepted(a.post("jobs/" + job + "/resume"));

    assertThat(job(job).path("wish").asString()).isEqualTo("MAINTENANCE");
    box(job).release();
    awaitState(job, "PENDING");
    accepted(b.post("orchestrator/resume"));
    awaitState(job, "FINISHED");
  }

  @Test
  void settings_hold_on_all_nodes_at_once() {
    var before = b.get("orchestrator").json().path("settings");

    var set =
        a.ask(
                "PUT",
                "orchestrator/settings",
                """
                {"maxActive":2,"intervalSeconds":120,"retryAfterSeconds":30,"retries":5,"keepRunsDays":30,
                 "version":%d}\
                """
                    .formatted(before.path("version").asLong()))
            .json();

    assertThat(b.get("orchestrator").json().path("settings")).isEqualTo(set);
    assertThat(set.path("maxActive").asInt()).isEqualTo(2);
    running(1);
    running(1);
    long third = connect(1);
    accepted(a.post("jobs/" + third + "/start"));
    await()
        .until(
            () ->
                job(third)
                    .path("reason")
                    .asString()
                    .equals("Waits for a free place: 2 of 2 runs are going on"));
    var late =
        b.ask(
            "PUT",
            "orchestrator/settings",
            "{\"retries\":1,\"version\":%d}".formatted(before.path("version").asLong()));
    assertThat(late.code()).isEqualTo("CHANGED_MEANWHILE");
    accepted(b.post("orchestrator/start"));
    assertThat(b.ask("PUT", "orchestrator/settings", "{\"maxActive\":3}").status()).isEqualTo(200);
    awaitState(third, "FINISHED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxActive:0",
        "maxActive:101",
        "intervalSeconds:59",
        "intervalSeconds:86401",
        "retryAfterSeconds:0",
        "retries:21",
        "retries:\"many\"",
        "keepRunsDays:0",
        "speed:9"
      })
  void bad_settings_are_refused_by_name(String setting) {
    var field = setting.split(":")[0];

    var reply =
        a.ask(
            "PUT",
            "orchestrator/settings",
            "{" + setting.replace(field, "\"" + field + "\"") + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.field()).isEqualTo(field);
  }
}
