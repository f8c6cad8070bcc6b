package dev.pulse.etl.runs;

import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;

import dev.pulse.etl.platform.problem.Problem;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;
import org.quartz.ScheduleBuilder;

/** When a job is due. */
sealed interface Schedule {

  Duration SHORTEST = Duration.ofMinutes(1);
  Duration LONGEST = Duration.ofHours(24);

  /** What becomes of times at which no node was there. */
  enum Misfire {
    /** They are made up for, once for all of them, as soon as a node is there. */
    once,
    /** They are left out. */
    skip
  }

  Misfire misfire();

  /** The next times after {@code from}, in order; fewer than {@code count} if there are no more. */
  List<Instant> next(Instant from, int count);

  /** When Quartz shall begin with it. */
  Instant begin(Instant now);

  ScheduleBuilder<?> quartz();

  /** Again and again after the same time. */
  record Every(Duration interval, Misfire misfire) implements Schedule {

    public Every {
      if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
        throw Problem.invalid(
            "intervalSeconds",
            "must be from %d to %d".formatted(SHORTEST.toSeconds(), LONGEST.toSeconds()),
            "Give a time from a minute to a day, in seconds.");
      }
    }

    @Override
    public List<Instant> next(Instant from, int count) {
      var times = new ArrayList<Instant>();
      for (int i = 1; i <= count; i++) times.add(from.plus(interval.multipliedBy(i)));
      return times;
    }

    @Override
    public Instant begin(Instant now) {
      return now.plus(interval);
    }

    @Override
    public ScheduleBuilder<?> quartz() {
      var every = simpleSchedule().withIntervalInMilliseconds(interval.toMillis()).repeatForever();
      return switch (misfire) {
        case once -> every.withMisfireHandlingInstructionNowWithRemainingCount();
        case skip -> every.withMisfireHandlingInstructionNextWithRemainingCount();
      };
    }
  }

  /**
   * At times of the calendar, by the clocks of a time zone.
   *
   * @param expression as Quartz reads it: second, minute, hour, day of month, month, day of week,
   *     and year if wanted
   */
  record Cron(CronExpression expression, ZoneId zone, Misfire misfire) implements Schedule {

    private static final String LOOK_IT_UP =
        "Give second, minute, hour, day of month, month and day of week,"
            + " such as 0 30 6 ? * MON-FRI.";

    /**
     * Reads what an operator has written.
     *
     * @param zone such as Europe/Berlin; null = UTC
     * @throws Problem that names the field that is wrong
     */
    static Cron of(String cron, @Nullable String zone, Misfire misfire) {
      var of = zone(zone);
      try {
        var expression = new CronExpression(cron.strip());
        expression.setTimeZone(TimeZone.getTimeZone(of));
        if (!cron.strip().matches("\\d{1,2}\\s.*")) {
          throw wrong("must name one second: more often than once a minute is too often");
        }
        if (expression.getNextValidTimeAfter(Date.from(Instant.now())) == null)
          throw wrong("never comes again");
        return new Cron(expression, of, misfire);
      } catch (ParseException | RuntimeException e) {
        if (e instanceof Problem known) throw known;
        throw wrong("cannot be read: " + e.getMessage());
      }
    }

    /** Only names: of others Java's two kinds of time zones do not mean the same. */
    private static ZoneId zone(@Nullable String zone) {
      if (zone == null) return ZoneId.of("UTC");
      if (ZoneId.getAvailableZoneIds().contains(zone.strip())) return ZoneId.of(zone.strip());
      throw Problem.invalid(
          "zone", "is no time zone", "Give a name such as Europe/Berlin, or leave it out for UTC.");
    }

    private static Problem wrong(String message) {
      return Problem.invalid("cron", message, LOOK_IT_UP);
    }

    @Override
    public List<Instant> next(Instant from, int count) {
      var times = new ArrayList<Instant>();
      var last = Date.from(from);
      while (times.size() < count) {
        last = expression.getNextValidTimeAfter(last);
        if (last == null) break;
        times.add(last.toInstant());
      }
      return times;
    }

    @Override
    public Instant begin(Instant now) {
      return now;
    }

    @Override
    public ScheduleBuilder<?> quartz() {
      var cron = cronSchedule(expression);
      return switch (misfire) {
        case once -> cron.withMisfireHandlingInstructionFireAndProceed();
        case skip -> cron.withMisfireHandlingInstructionDoNothing();
      };
    }
  }
}
