package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import java.time.Clock;
import java.util.Date;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives every connection its job and its schedule, in the transaction that saves the connection.
 */
@Component
class Schedules {

  private static final JobKey DUE = JobKey.jobKey("due");

  private final Scheduler scheduler;
  private final JdbcClient jdbc;
  private final RunSettings settings;
  private final Clock clock;

  Schedules(Scheduler scheduler, JdbcClient jdbc, RunSettings settings, Clock clock) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.jdbc = jdbc;
    this.settings = settings;
  }

  @EventListener
  void saved(Connections.Saved connection) throws SchedulerException {
    jdbc.sql(
            """
            insert into job as j (id, budget_keys, interval_seconds)
            values (?, ?, ?)
            on conflict (id) do update set budget_keys = excluded.budget_keys, version = j.version + 1
            """)
        .params(
            connection.id(),
            connection.budgetKeys().toArray(String[]::new),
            settings.interval().toSeconds())
        .update();
    if (connection.created()) schedule(connection.id());
  }

  @EventListener
  void deleted(Connections.Deleted connection) throws SchedulerException {
    scheduler.unscheduleJob(key(connection.id()));
  }

  private void schedule(long job) throws SchedulerException {
    if (!scheduler.checkExists(DUE)) {
      scheduler.addJob(
          JobBuilder.newJob(DueJob.class).withIdentity(DUE).storeDurably().build(), true, true);
    }
    scheduler.scheduleJob(
        TriggerBuilder.newTrigger()
            .withIdentity(key(job))
            .forJob(DUE)
            .startAt(Date.from(clock.instant().plus(settings.interval())))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(settings.interval().toMillis())
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount())
            .build());
  }

  private static TriggerKey key(long job) {
    return TriggerKey.triggerKey(Long.toString(job));
  }
}
