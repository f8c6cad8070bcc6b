package dev.pulse.etl.runs;

import dev.pulse.etl.platform.meters.Measure;
import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.runs.JobStates.Locked;
import dev.pulse.etl.runs.Outcome.Asked;
import dev.pulse.etl.runs.Outcome.CutOff;
import dev.pulse.etl.runs.Outcome.Failed;
import dev.pulse.etl.runs.Outcome.Failure;
import dev.pulse.etl.runs.Outcome.Finished;
import dev.pulse.etl.runs.Outcome.Lost;
import dev.pulse.etl.runs.Outcome.Released;
import dev.pulse.etl.runs.Outcome.Waiting;
import dev.pulse.etl.runs.RunStates.Open;
import dev.pulse.model.FailureCategory;
import dev.pulse.model.RunState;
import dev.pulse.model.WaitReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down how work on a run ended, if the run is still this node's. */
@Component
class Endings {

  private final Orchestrator orchestrator;
  private final JobStates jobs;
  private final RunStates runs;
  private final Leases leases;
  private final Wishes wishes;
  private final Meters meters;

  Endings(
      Orchestrator orchestrator,
      JobStates jobs,
      RunStates runs,
      Leases leases,
      Wishes wishes,
      Meters meters) {
    this.orchestrator = orchestrator;
    this.jobs = jobs;
    this.runs = runs;
    this.leases = leases;
    this.wishes = wishes;
    this.meters = meters;
  }

  /** Does nothing if the run was taken over, or its end is written down already. */
  @Transactional
  public void write(Claim claim, Outcome outcome) {
    var job = jobs.lock(claim.jobId());
    if (job.isEmpty() || !leases.holds(claim.fence())) return;
    var run = runs.open(claim.jobId());
    if (run.isEmpty() || run.get().state() != RunState.RUNNING) return;
    write(job.get(), run.get(), outcome);
  }

  private void write(Locked job, Open run, Outcome outcome) {
    boolean pause = run.wish() == Wish.PAUSE;
    switch (outcome) {
      case Finished _ -> {
        runs.finish(run.id());
        leases.remove(run.id());
        jobs.finished(job.id(), pause ? reason(run) : null, runs.staleSince(run.id(), interval()));
      }
      case Failed failed -> {
        runs.fail(run.id(), failed.failure());
        leases.remove(run.id());
        jobs.failed(job.id(), failed.failure(), again(job, run, failed.failure()), pause);
      }
      case Waiting waiting when run.wish() == null -> wait(job, run, waiting);
      case Waiting _, Asked _ -> wishes.fulfil(job, run);
      case CutOff _ -> leases.cutOff(run.id());
      case Released _ -> leases.giveUp(run.id());
      case Lost _ -> {}
    }
  }

  private static String reason(Open run) {
    return run.wishReason() == null ? "Paused when its run had ended" : run.wishReason();
  }

  private Duration interval() {
    return orchestrator.now().settings().interval();
  }

  private void wait(Locked job, Open run, Waiting waiting) {
    runs.wait(run.id(), WaitReason.SOURCE, waiting.pause(), waiting.reason());
    leases.expire(run.id());
    jobs.waits(job.id(), waiting.reason());
    Meters.onceCommitted(() -> meters.time(Measure.RATE_LIMIT_WAITS, waiting.pause()));
  }

  /**
   * What trying again can mend is tried again soon, a few times in a row; then, and what a person
   * has to mend or wanted to end, when its schedule says so.
   */
  private @Nullable Duration again(Locked job, Open run, Failure failure) {
    if (failure.category() == FailureCategory.CONFIGURATION || run.wish() == Wish.STOP) return null;
    var settings = orchestrator.now().settings();
    return job.failures() < settings.retries() ? settings.retryAfter() : null;
  }
}
