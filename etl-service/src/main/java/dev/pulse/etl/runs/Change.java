package dev.pulse.etl.runs;

import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.runs.Jobs.JobStatus;
import dev.pulse.etl.runs.Runs.RunView;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is told of something that is not as it was; the name of the event says which of these. */
sealed interface Change {

  /** Later changes of a thing have higher versions, whichever node tells them. */
  long version();

  /** The name of the event. */
  String event();

  /** The jobs that it concerns. */
  Set<Long> concerned();

  /**
   * What of it is told to somebody who sees only these jobs, without the names of others.
   *
   * @return empty if it concerns none of them
   */
  default Optional<Change> seenBy(Set<Long> jobs) {
    return Collections.disjoint(concerned(), jobs) ? Optional.empty() : Optional.of(this);
  }

  /** Of a job; null = it is gone. */
  record JobChange(long jobId, @Nullable Long runId, long version, @Nullable JobStatus job)
      implements Change {

    @Override
    public String event() {
      return "job";
    }

    @Override
    public Set<Long> concerned() {
      return Set.of(jobId);
    }

    @Override
    public Optional<Change> seenBy(Set<Long> jobs) {
      if (!jobs.contains(jobId)) return Optional.empty();
      return Optional.of(new JobChange(jobId, runId, version, job == null ? null : job.discreet()));
    }
  }

  /** Of a run: its state, or how far it has come. */
  record RunChange(long jobId, long runId, long version, RunView run, RunProgress progress)
      implements Change {

    @Override
    public String event() {
      return "run";
    }

    @Override
    public Set<Long> concerned() {
      return Set.of(jobId);
    }
  }

  /** Of a stream of a run. */
  record StreamChange(long jobId, long runId, long version, StreamProgress stream)
      implements Change {

    @Override
    public String event() {
      return "stream";
    }

    @Override
    public Set<Long> concerned() {
      return Set.of(jobId);
    }
  }

  /** Of a budget, which several jobs may share. */
  record BudgetChange(List<Long> jobIds, long version, Budgets.State budget) implements Change {

    public BudgetChange {
      jobIds = List.copyOf(jobIds);
    }

    @Override
    public String event() {
      return "budget";
    }

    @Override
    public Set<Long> concerned() {
      return Set.copyOf(jobIds);
    }

    @Override
    public Optional<Change> seenBy(Set<Long> jobs) {
      var seen = jobIds.stream().filter(jobs::contains).toList();
      return seen.isEmpty()
          ? Optional.empty()
          : Optional.of(new BudgetChange(seen, version, budget));
    }
  }
}
