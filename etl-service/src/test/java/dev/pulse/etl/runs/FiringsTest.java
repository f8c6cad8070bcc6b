package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/** A schedule has fired, and what can happen before that is written down. */
class FiringsTest extends TwoNodesTest {

  @AfterEach
  void firings_can_be_written_down() {
    jdbc.sql("drop trigger if exists refused on run_request").update();
    jdbc.sql("delete from qrtz_fired_triggers where instance_name = 'dead'").update();
  }

  @Test
  void a_firing_that_the_database_refuses_for_now_is_written_down_later() throws Exception {
    long job = connect(1);
    refuseFirings();

    fire(job);
    await().atMost(Duration.ofSeconds(30)).until(() -> refused() > 1);

    assertThat(state(job)).isEqualTo("NOT_STARTED");
    jdbc.sql("drop trigger refused on run_request").update();
    awaitState(job, "FINISHED");
    assertThat(count("select count(*) from run_request where job_id = ?", job)).isEqualTo(1);
  }

  @Test
  void a_schedule_does_not_wait_for_the_firing_of_another() throws Exception {
    long slow = connect(1);
    long quick = connect(1);
    refuseFirings("new.job_id = " + slow);
    fire(slow);
    await().atMost(Duration.ofSeconds(30)).until(() -> refused() > 0);

    fire(quick);

    awaitState(quick, "FINISHED");
    assertThat(state(slow)).isEqualTo("NOT_STARTED");
  }

  /** What Quartz keeps of a firing is made that of a node which has died. */
  @Test
  @Tag("long")
  void a_firing_whose_node_has_died_before_it_was_written_down_is_repeated_by_another()
      throws Exception {
    long job = connect(1);
    refuseFirings();
    fire(job);
    await().atMost(Duration.ofSeconds(30)).until(() -> refused() > 0);
    jdbc.sql("create table if not exists fired as select * from qrtz_fired_triggers").update();
    jdbc.sql("truncate fired").update();
    jdbc.sql("insert into fired select * from qrtz_fired_triggers where trigger_name = ?")
        .param("" + job)
        .update();
    jdbc.sql("drop trigger refused on run_request").update();
    awaitState(job, "FINISHED");
    var at = firedAt(job);
    jdbc.sql("delete from run_request where job_id = ?").param(job).update();

    jdbc.sql("update fired set instance_name = 'dead', entry_id = 'dead'").update();
    jdbc.sql("insert into qrtz_fired_triggers select * from fired").update();
    jdbc.sql(
            """
            insert into qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
            values ('pair', 'dead', 1, 7500)
            """)
        .update();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count("select count(*) from run_request where job_id = ?", job) == 1);
    assertThat(firedAt(job)).isEqualTo(at);
  }

  /** When the only firing that was written down of a job was, in seconds of the epoch. */
  private long firedAt(long job) {
    return count(
        "select extract(epoch from fire_time)::bigint from run_request where job_id = ?", job);
  }

  /** Lets the schedule of a job fire now. */
  private void fire(long job) throws SchedulerException {
    var key = TriggerKey.triggerKey("" + job);
    a.bean(Scheduler.class)
        .rescheduleJob(
            key,
            TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(JobKey.jobKey("due"))
                .startNow()
                .withSchedule(SimpleScheduleBuilder.repeatHourlyForever())
                .build());
  }

  private void refuseFirings() {
    refuseFirings("true");
  }

  private void refuseFirings(String which) {
    jdbc.sql("create sequence if not exists refusals").update();
    jdbc.sql("alter sequence refusals restart").update();
    jdbc.sql(
            """
            create or replace function refuse_for_now() returns trigger language plpgsql as $$
            begin
              perform nextval('etl.refusals');
              raise exception 'not now' using errcode = '55P03';
            end $$
            """)
        .update();
    jdbc.sql(
            "create trigger refused before insert on run_request for each row when (%s) execute function refuse_for_now()"
                .formatted(which))
        .update();
  }

  private long refused() {
    return count("select case when is_called then last_value else 0 end from refusals");
  }
}
