package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Schedules of jobs over REST, on two nodes. */
class SchedulesTest extends TwoNodesTest {

  @Test
  void a_job_is_due_as_often_as_all_jobs_unless_it_has_a_schedule_of_its_own() {
    long follower = connect(1);
    long own = connect(1);
    assertThat(choose(a, own, "{\"intervalSeconds\":600}").status()).isEqualTo(200);
    assertThat(schedule(follower).path("standard").asBoolean()).isTrue();
    assertThat(schedule(follower).path("intervalSeconds").asLong()).isEqualTo(3_600);

    b.ask("PUT", "orchestrator/settings", "{\"intervalSeconds\":120}");

    assertThat(schedule(follower).path("intervalSeconds").asLong()).isEqualTo(120);
    assertApart(schedule(follower), Duration.ofMinutes(2));
    assertThat(Instant.parse(job(follower).path("nextDueAt").asString()))
        .isBefore(Instant.now().plusSeconds(121));
    assertThat(schedule(own).path("standard").asBoolean()).isFalse();
    assertApart(schedule(own), Duration.ofMinutes(10));

    assertThat(choose(b, own, "{}").json().path("standard").asBoolean()).isTrue();
    assertApart(schedule(own), Duration.ofMinutes(2));
  }

  @Test
  void a_cron_expression_holds_in_its_time_zone_and_shows_its_next_five_times() {
    long job = connect(1);
    var wanted =
        "{\"cron\":\"0 30 6 ? * MON-FRI\",\"zone\":\"Europe/Berlin\",\"misfire\":\"skip\"}";
    var preview = a.ask("POST", "jobs/" + job + "/schedule/preview", wanted).json();
    assertThat(schedule(job).path("standard").asBoolean()).as("nothing is saved").isTrue();

    var chosen = choose(b, job, wanted).json();

    assertThat(chosen).isEqualTo(preview).isEqualTo(schedule(job));
    assertThat(chosen.path("cron").asString()).isEqualTo("0 30 6 ? * MON-FRI");
    assertThat(chosen.path("zone").asString()).isEqualTo("Europe/Berlin");
    assertThat(chosen.path("misfire").asString()).isEqualTo("skip");
    assertThat(chosen.path("intervalSeconds").isNull()).isTrue();
    assertThat(chosen.path("next")).hasSize(5);
    assertThat(job(job).path("nextDueAt")).isEqualTo(chosen.path("next").path(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"cron\":\"every day\"}|cron",
        "{\"cron\":\"0 0 6 * * ?\",\"zone\":\"Europe/Atlantis\"}|zone",
        "{\"zone\":\"Europe/Berlin\"}|zone",
        "{\"cron\":\"0 0 6 * * ?\",\"intervalSeconds\":600}|intervalSeconds",
        "{\"intervalSeconds\":59}|intervalSeconds",
        "{\"intervalSeconds\":86401}|intervalSeconds",
        "{\"cron\":\"0 0 6 * * ?\",\"misfire\":\"twice\"}|misfire",
        "{\"crontab\":\"0 0 6 * * ?\"}|crontab"
      })
  void a_schedule_that_is_wrong_is_refused_by_name_and_changes_nothing(String body, String field) {
    long job = connect(1);
    var before = schedule(job);

    for (var reply :
        List.of(choose(a, job, body), b.ask("POST", "jobs/" + job + "/schedule/preview", body))) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.field()).isEqualTo(field);
    }

    assertThat(schedule(job)).isEqualTo(before);
  }

  @Test
  void there_is_no_schedule_of_no_job() {
    assertThat(a.get("jobs/4711/schedule").status()).isEqualTo(404);
    assertThat(choose(a, 4_711, "{}").status()).isEqualTo(404);
    assertThat(a.ask("POST", "jobs/4711/schedule/preview", "{}").status()).isEqualTo(404);
  }

  @Test
  void a_firing_makes_an_idle_job_due_once_and_leaves_others_alone() {
    long idle = connect(1);
    long paused = connect(1);
    long going = running(1);
    accepted(a.post("jobs/" + paused + "/pause"));
    var at = Instant.now();

    for (long job : List.of(idle, paused, going)) {
      a.bean(Firings.class).fired(job, at);
      b.bean(Firings.class).fired(job, at);
    }

    awaitState(idle, "FINISHED");
    a.bean(Firings.class).fired(idle, at); // Quartz repeats it after a failover
    assertThat(state(idle)).isEqualTo("FINISHED");
    assertThat(state(paused)).isEqualTo("PAUSED");
    assertThat(state(going)).isEqualTo("RUNNING");
    assertThat(count("select count(*) from run where job_id = ?", idle)).isEqualTo(1);
    assertThat(count("select count(*) from run_request where job_id = ?", idle)).isEqualTo(1);
  }

  @Test
  void a_firing_does_not_call_a_run_back_that_waits_for_its_source() {
    long job = connect(5);
    box(job).allow(1, 3_600);
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> runState(job).equals("WAITING"));

    a.bean(Firings.class).fired(job, Instant.now());

    assertThat(Instant.parse(job(job).path("nextDueAt").asString()))
        .isAfter(Instant.now().plusSeconds(3_000));
  }

  /** Waits for the next full minute. */
  @Test
  @Tag("long")
  void quartz_starts_a_job_at_its_time_on_one_of_the_nodes() {
    long job = connect(1);
    assertThat(choose(b, job, "{\"cron\":\"0 * * * * ?\"}").status()).isEqualTo(200);
    var due = Instant.parse(job(job).path("nextDueAt").asString());

    await().atMost(Duration.ofSeconds(90)).until(() -> state(job).equals("FINISHED"));

    assertThat(Instant.parse(run(runOf(job)).path("startedAt").asString()))
        .isBetween(due, due.plusSeconds(10));
    assertThat(count("select count(*) from run_request where job_id = ?", job)).isEqualTo(1);
  }

  /** No node was there at the time: the trigger is set back, as if all had been down. */
  @ParameterizedTest
  @Tag("long")
  @CsvSource({"once,1", "skip,0"})
  void a_time_at_which_no_node_was_there_is_made_up_for_or_left_out(String policy, long runs) {
    long job = connect(1);
    var yearly = "{\"cron\":\"0 0 0 1 1 ?\",\"misfire\":\"%s\"}".formatted(policy);
    assertThat(choose(b, job, yearly).status()).isEqualTo(200);
    long past = Instant.now().minus(Duration.ofHours(3)).toEpochMilli();
    jdbc.sql("update qrtz_triggers set next_fire_time = ? where trigger_name = ?")
        .params(past, Long.toString(job))
        .update();

    await()
        .atMost(Duration.ofSeconds(150))
        .until(
            () ->
                count("select next_fire_time from qrtz_triggers where trigger_name = ?", "" + job)
                    > past);

    if (runs > 0) awaitState(job, "FINISHED");
    assertThat(count("select count(*) from run where job_id = ?", job)).isEqualTo(runs);
  }

  private JsonNode schedule(long job) {
    return b.get("jobs/" + job + "/schedule").json();
  }

  private static Node.Reply choose(Node node, long job, String schedule) {
    return node.ask("PUT", "jobs/" + job + "/schedule", schedule);
  }

  private static void assertApart(JsonNode schedule, Duration interval) {
    var next =
        schedule.path("next").valueStream().map(each -> Instant.parse(each.asString())).toList();
    assertThat(next).hasSize(5);
    for (int i = 1; i < next.size(); i++) {
      assertThat(Duration.between(next.get(i - 1), next.get(i))).isEqualTo(interval);
    }
  }
}
