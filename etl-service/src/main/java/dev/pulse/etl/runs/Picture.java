package dev.pulse.etl.runs;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.platform.live.Interest;
import dev.pulse.etl.runs.Change.BudgetChange;
import dev.pulse.etl.runs.Change.JobChange;
import dev.pulse.etl.runs.Change.RunChange;
import dev.pulse.etl.runs.Change.StreamChange;
import dev.pulse.etl.runs.Jobs.JobStatus;
import dev.pulse.model.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * How things stand at a moment, as the first event of every stream tells it.
 *
 * @param version nothing of it is older; a change with a lower version is
 * @param runs that have not ended
 */
record Picture(
    long version, List<JobStatus> jobs, List<RunReport> runs, List<BudgetGauge> budgets) {

  static final Picture NOTHING = new Picture(0, List.of(), List.of(), List.of());

  Picture {
    jobs = List.copyOf(jobs);
    runs = List.copyOf(runs);
    budgets = List.copyOf(budgets);
  }

  /** A budget, and the jobs whose requests are paid from it. */
  record BudgetGauge(List<Long> jobIds, Budgets.State budget) {

    BudgetGauge {
      jobIds = List.copyOf(jobIds);
    }

    private String key() {
      return budget.budgetKey() + " " + budget.resource();
    }

    private BudgetGauge of(Set<Long> seen) {
      return new BudgetGauge(jobIds.stream().filter(seen::contains).toList(), budget);
    }
  }

  /** What of it concerns the jobs that somebody wants, and may see. */
  Picture of(Interest who) {
    var wanted = who.jobs();
    if (wanted.isEmpty()) return this;
    var paid = budgets.stream().filter(each -> each.jobIds.stream().anyMatch(wanted::contains));
    return new Picture(
        version,
        jobs.stream()
            .filter(each -> wanted.contains(each.id()))
            .map(each -> who.restricted() ? each.discreet() : each)
            .toList(),
        runs.stream().filter(each -> wanted.contains(each.run().jobId())).toList(),
        paid.map(each -> who.restricted() ? each.of(wanted) : each).toList());
  }

  /** The same without the runs that have ended, whose end was told. */
  Picture withoutEnded() {
    return new Picture(version, jobs, runs.stream().filter(Picture::open).toList(), budgets);
  }

  /** Whether counters move by themselves. */
  boolean moves() {
    return runs.stream().anyMatch(each -> each.run().state() == RunState.RUNNING);
  }

  /** What is not as it was: runs before their streams, jobs last. */
  List<Change> since(Picture before) {
    var changes = new ArrayList<Change>();
    runs(before, changes);
    var gauges = byKey(before.budgets, BudgetGauge::key);
    for (var each : budgets) {
      if (!each.equals(gauges.get(each.key()))) {
        changes.add(new BudgetChange(each.jobIds, version, each.budget));
      }
    }
    var known = byKey(before.jobs, JobStatus::id);
    for (var each : jobs) {
      if (!each.equals(known.remove(each.id()))) {
        changes.add(new JobChange(each.id(), each.runId(), version, each));
      }
    }
    known.values().forEach(each -> changes.add(new JobChange(each.id(), null, version, null)));
    return changes;
  }

  private void runs(Picture before, List<Change> changes) {
    var known = byKey(before.runs, each -> each.run().id());
    for (var each : runs) {
      var was = known.get(each.run().id());
      var run = each.run();
      boolean same = was != null && run.equals(was.run()) && each.progress().equals(was.progress());
      if (!same) changes.add(new RunChange(run.jobId(), run.id(), version, run, each.progress()));
      var streams =
          was == null
              ? Map.<String, StreamProgress>of()
              : byKey(was.streams(), StreamProgress::stream);
      for (var stream : each.streams()) {
        if (!Objects.equals(stream, streams.get(stream.stream()))) {
          changes.add(new StreamChange(run.jobId(), run.id(), version, stream));
        }
      }
    }
  }

  private static boolean open(RunReport report) {
    return switch (report.run().state()) {
      case RUNNING, WAITING -> true;
      case FINISHED, FAILED, STOPPED -> false;
    };
  }

  private static <K, T> Map<K, T> byKey(Collection<T> all, Function<T, K> key) {
    return all.stream().collect(toMap(key, identity()));
  }
}
