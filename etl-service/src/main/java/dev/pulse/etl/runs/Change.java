package dev.pulse.etl.runs;

import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.runs.Jobs.JobStatus;
import dev.pulse.etl.runs.Runs.RunView;
import java.util.List;
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
  }
}
