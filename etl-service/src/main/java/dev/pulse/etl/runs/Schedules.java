package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.runs.Schedule.Cron;
import dev.pulse.etl.runs.Schedule.Every;
import dev.pulse.etl.runs.Schedule.Misfire;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.TriggerUtils;
import org.quartz.spi.OperableTrigger;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives every connection its job and its schedule, in the transaction that saves the connection.
 * What the table says and what Quartz does change together.
 */
@Component
class Schedules {

  /** How many of the next times are shown. */
  static final int SHOWN = 5;

  private final Scheduler scheduler;
  private final JdbcClient jdbc;
  private final Orchestrator orchestrator;
  private final JobStates jobs;
  private final Audit audit;
  private final Clock clock;

  Schedules(
      Scheduler scheduler,
      JdbcClient jdbc,
      Orchestrator orchestrator,
      JobStates jobs,
      Audit audit,
      Clock clock) {
    this.scheduler = scheduler;
    this.jdbc = jdbc;
    this.orchestrator = orchestrator;
    this.jobs = jobs;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What an operator has chosen for a job; all null = as often as all jobs.
   *
   * @param cron excludes {@code intervalSeconds}
   * @param zone of the cron expression; null = UTC
   * @param misfire null = once
   */
  record Chosen(
      @Nullable Long intervalSeconds,
      @Nullable String cron,
      @Nullable String zone,
      @Nullable Misfire misfire) {

    Misfire misfireOrOnce() {
      return misfire == null ? Misfire.once : misfire;
    }
  }

  /**
   * When a job is due.
   *
   * @param intervalSeconds null if it is due at times of the calendar
   * @param standard whether it follows the interval of all jobs
   * @param next its next times; at these it is due unless it is going on or paused
   */
  record ScheduleView(
      @Nullable Long intervalSeconds,
      @Nullable String cron,
      @Nullable String zone,
      Misfire misfire,
      boolean standard,
      List<Instant> next) {

    ScheduleView {
      next = List.copyOf(next);
    }
  }

  @EventListener
  void saved(Connections.Saved connection) throws SchedulerException {
    jdbc.sql(
            """
            insert into job as j (id, budget_keys)
            values (?, ?)
            on conflict (id) do update set budget_keys = excluded.budget_keys, version = j.version + 1
            """)
        .params(connection.id(), connection.budgetKeys().toArray(String[]::new))
        .update();
    if (connection.created()) {
      var schedule = resolved(new Chosen(null, null, null, null));
      schedule(connection.id(), schedule, schedule.begin(clock.instant()));
    }
  }

  @EventListener
  void deleted(Connections.Deleted connection) throws SchedulerException {
    scheduler.unscheduleJob(key(connection.id()));
  }

  @Transactional(readOnly = true)
  public ScheduleView view(long job) throws SchedulerException {
    var chosen = chosen(job);
    var trigger = scheduler.getTrigger(key(job));
    var next =
        trigger instanceof OperableTrigger saved
            ? TriggerUtils.computeFireTimes(saved, null, SHOWN).stream()
                .map(Date::toInstant)
                .toList()
            : List.<Instant>of();
    return view(chosen, resolved(chosen), next);
  }

  /**
   * When a job would be due.
   *
   * @throws Problem that names the field that is wrong
   */
  @Transactional(readOnly = true)
  public ScheduleView preview(Chosen chosen) {
    var schedule = resolved(chosen);
    return view(chosen, schedule, schedule.next(clock.instant(), SHOWN));
  }

  /**
   * Changes when a job is due, from now on.
   *
   * @throws Problem that names the field that is wrong
   */
  @Transactional
  public void choose(long job, Chosen chosen, @Nullable String reason) throws SchedulerException {
    jobs.requireLocked(job);
    var before = chosen(job);
    var schedule = resolved(chosen);
    jdbc.sql(
            """
            update job
               set interval_seconds = :interval, cron = :cron, zone = :zone, misfire = :misfire,
                   schedule_changed_at = clock_timestamp(), version = version + 1
             where id = :job
            """)
        .param("interval", chosen.intervalSeconds())
        .param("cron", chosen.cron() == null ? null : chosen.cron().strip())
        .param("zone", schedule instanceof Cron cron ? cron.zone().getId() : null)
        .param("misfire", schedule.misfire().name())
        .param("job", job)
        .update();
    schedule(job, schedule, schedule.begin(clock.instant()));
    audit.record("job.schedule", Target.of("job", job), reason, before, chosen(job));
  }

  /**
   * The interval of all jobs has changed: whatever follows it is scheduled anew, each at another
   * time of the interval, so that they do not all ask at once for ever after.
   */
  @Transactional
  public void renewStandard() {
    var followers =
        jdbc.sql(
                """
                update job
                   set schedule_changed_at = clock_timestamp(), version = version + 1
                 where cron is null and interval_seconds is null
                returning id
                """)
            .query(Long.class)
            .list();
    var interval = orchestrator.now().settings().interval();
    var now = clock.instant();
    try {
      for (int i = 0; i < followers.size(); i++) {
        long job = followers.get(i);
        var first = interval.multipliedBy(i + 1L).dividedBy(followers.size());
        schedule(job, resolved(chosen(job)), now.plus(first));
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("the schedules cannot be changed", e);
    }
  }

  private Chosen chosen(long job) {
    return jdbc.sql("select interval_seconds, cron, zone, misfire from job where id = ?")
        .param(job)
        .query(
            (row, n) ->
                new Chosen(
                    row.getObject("interval_seconds", Long.class),
                    row.getString("cron"),
                    row.getString("zone"),
                    Misfire.valueOf(row.getString("misfire"))))
        .optional()
        .orElseThrow(() -> Problem.notFound("job", job));
  }

  private Schedule resolved(Chosen chosen) {
    var misfire = chosen.misfireOrOnce();
    if (chosen.cron() != null) {
      if (chosen.intervalSeconds() == null) return Cron.of(chosen.cron(), chosen.zone(), misfire);
      throw Problem.invalid("intervalSeconds", "is given besides cron", "Give one of them.");
    }
    if (chosen.zone() != null) {
      throw Problem.invalid(
          "zone", "means nothing without cron", "Give cron too, or leave it out.");
    }
    return chosen.intervalSeconds() == null
        ? new Every(orchestrator.now().settings().interval(), misfire)
        : new Every(Duration.ofSeconds(chosen.intervalSeconds()), misfire);
  }

  private static ScheduleView view(Chosen chosen, Schedule schedule, List<Instant> next) {
    boolean standard = chosen.cron() == null && chosen.intervalSeconds() == null;
    return switch (schedule) {
      case Every every ->
          new ScheduleView(
              every.interval().toSeconds(), null, null, every.misfire(), standard, next);
      case Cron cron ->
          new ScheduleView(
              null,
              cron.expression().getCronExpression(),
              cron.zone().getId(),
              cron.misfire(),
              standard,
              next);
    };
  }

  private void schedule(long job, Schedule schedule, Instant begin) throws SchedulerException {
    if (!scheduler.checkExists(DueJob.KEY)) scheduler.addJob(DueJob.detail(), true, true);
    var trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key(job))
            .forJob(DueJob.KEY)
            .startAt(Date.from(begin))
            .withSchedule(schedule.quartz())
            .build();
    if (scheduler.checkExists(key(job))) {
      scheduler.rescheduleJob(key(job), trigger);
    } else {
      scheduler.scheduleJob(trigger);
    }
  }

  private static TriggerKey key(long job) {
    return TriggerKey.triggerKey(Long.toString(job));
  }
}
