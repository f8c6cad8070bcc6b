package dev.pulse.etl.runs;

import dev.pulse.etl.runs.JobStates.Locked;
import dev.pulse.etl.runs.RunStates.Open;
import dev.pulse.model.WaitReason;
import org.springframework.stereotype.Component;

/**
 * Does what was wished of a run, once nobody works on it any more. To be called in a transaction
 * that has locked the job and the lease.
 */
@Component
class Wishes {

  private final JobStates jobs;
  private final RunStates runs;
  private final Leases leases;

  Wishes(JobStates jobs, RunStates runs, Leases leases) {
    this.jobs = jobs;
    this.runs = runs;
    this.leases = leases;
  }

  /** A wish that was withdrawn when the run had stopped already lets any node go on with it. */
  void fulfil(Locked job, Open run) {
    var reason = run.wishReason() == null ? "asked by an operator" : run.wishReason();
    switch (run.wish()) {
      case STOP -> {
        runs.stop(run.id(), reason);
        leases.remove(run.id());
        jobs.stopped(job, reason);
      }
      case PAUSE -> {
        runs.wait(run.id(), WaitReason.PAUSED, null, reason);
        leases.expire(run.id());
        jobs.paused(job.id(), reason);
      }
      case MAINTENANCE -> hold(job, run, WaitReason.MAINTENANCE, reason);
      case ACTIVATION -> hold(job, run, WaitReason.ACTIVATION, reason);
      case null -> leases.giveUp(run.id());
    }
  }

  private void hold(Locked job, Open run, WaitReason why, String reason) {
    runs.wait(run.id(), why, null, reason);
    leases.expire(run.id());
    jobs.waits(job.id(), reason);
  }
}
