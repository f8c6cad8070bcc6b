package dev.pulse.etl.alerts;

import dev.pulse.etl.alerts.Alert.Watched;
import dev.pulse.etl.monitoring.Figures;
import dev.pulse.etl.monitoring.Figures.Budget;
import dev.pulse.etl.monitoring.Figures.SetAside;
import dev.pulse.etl.runs.JobHealth;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Something that is wrong now.
 *
 * @param subject what it is wrong with, such as {@code job 7}: the same trouble has the same
 * @param summary for people, one sentence
 */
record Trouble(Condition condition, String subject, String summary) {

  /** All that is wrong, of what is watched. */
  static List<Trouble> in(Figures figures, Watched watched) {
    return watched.conditions().stream().flatMap(each -> in(figures, watched, each)).toList();
  }

  private static Stream<Trouble> in(Figures figures, Watched watched, Condition condition) {
    var jobs = figures.jobs().stream().filter(job -> watched.covers(job.id()));
    return switch (condition) {
      case JOB_FAILED -> jobs.filter(job -> job.failures() > 0).map(Trouble::failed);
      case JOB_LATE -> jobs.filter(job -> job.missed() >= watched.lateAfter()).map(Trouble::late);
      case BUDGET_LOW ->
          figures.budgets().stream()
              .filter(each -> each.left() * 100 < watched.budgetBelowPercent())
              .map(Trouble::low);
      case QUARANTINE_GROWING -> growing(figures.quarantine(), watched);
    };
  }

  private static Trouble failed(JobHealth job) {
    var why = job.error() == null ? "" : ": " + job.error();
    return new Trouble(Condition.JOB_FAILED, "job " + job.id(), job.name() + " failed" + why);
  }

  private static Trouble late(JobHealth job) {
    return new Trouble(
        Condition.JOB_LATE,
        "job " + job.id(),
        "%s has had no success for %s (%d planned times)"
            .formatted(job.name(), words(job.lag()), job.missed()));
  }

  private static Trouble low(Budget budget) {
    var until = budget.until() == null ? "" : ", until " + budget.until();
    return new Trouble(
        Condition.BUDGET_LOW,
        "budget %s %s".formatted(budget.key(), budget.resource()),
        "Of the allowance %s (%s) %.0f %% are left%s"
            .formatted(budget.key(), budget.resource(), budget.left() * 100, until));
  }

  private static Stream<Trouble> growing(List<SetAside> quarantine, Watched watched) {
    var names = new TreeMap<Long, String>();
    var counts = new TreeMap<Long, Long>();
    for (var each : quarantine) {
      names.put(each.connection(), each.name());
      counts.merge(each.connection(), each.lastHour(), Long::sum);
    }
    return counts.entrySet().stream()
        .filter(each -> watched.covers(each.getKey()))
        .filter(each -> each.getValue() >= watched.quarantinePerHour())
        .map(
            each ->
                new Trouble(
                    Condition.QUARANTINE_GROWING,
                    "connection " + each.getKey(),
                    "%d records of %s could not be read within an hour"
                        .formatted(each.getValue(), names.get(each.getKey()))));
  }

  private static String words(Duration time) {
    if (time.toHours() >= 48) return time.toDays() + " days";
    return time.toMinutes() >= 120 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
  }
}
