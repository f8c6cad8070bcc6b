package dev.pulse.etl.runs;

import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.runs.JobStates.Locked;
import dev.pulse.etl.runs.RunStates.Open;
import dev.pulse.etl.runs.Wish.Mode;
import dev.pulse.model.JobState;
import dev.pulse.model.RunState;
import dev.pulse.model.WaitReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What operators do to one job, on any node. Whatever has to happen elsewhere is written down as a
 * wish; the node that has the run hears of it when the transaction has ended. Each control may be
 * repeated: the second time it changes nothing, or says that there is nothing to do.
 */
@Service
class JobControls {

  private final Orchestrator orchestrator;
  private final JobStates jobs;
  private final RunStates runs;
  private final RunWishes wishes;
  private final Leases leases;
  private final Audit audit;

  JobControls(
      Orchestrator orchestrator,
      JobStates jobs,
      RunStates runs,
      RunWishes wishes,
      Leases leases,
      Audit audit) {
    this.orchestrator = orchestrator;
    this.jobs = jobs;
    this.runs = runs;
    this.wishes = wishes;
    this.leases = leases;
    this.audit = audit;
  }

  /**
   * Makes a job due now.
   *
   * @param force it goes before all that are not forced
   * @throws Problem 409 if a run of it is going on, or it is paused
   */
  @Transactional
  public void start(long id, boolean force, String reason) {
    var job = jobs.requireLocked(id);
    var before = seen(id);
    if (job.state() == JobState.RUNNING) throw running(job);
    if (job.state() == JobState.PAUSED) throw paused(id);
    runs.open(id).ifPresent(run -> runs.waitFor(run.id(), null, reason));
    jobs.due(job, reason, force);
    done(force ? "job.force-start" : "job.start", id, reason, before);
  }

  /**
   * Ends the run of a job, or takes back that it is due. Its checkpoints are kept.
   *
   * @throws Problem 409 if there is nothing to end
   */
  @Transactional
  public void stop(long id, Mode mode, String reason) {
    var job = jobs.requireLocked(id);
    var before = seen(id);
    var run = runs.open(id);
    if (run.isEmpty() && job.state() != JobState.PENDING) throw nothingGoesOn(job);
    if (job.state() == JobState.RUNNING) {
      wish(run, Wish.STOP, mode, reason);
    } else if (run.isPresent()) {
      runs.stop(run.get().id(), reason);
      leases.remove(run.get().id());
      jobs.stopped(job, reason);
    } else {
      jobs.takenBack(job, reason);
    }
    done("job.stop", id, reason, before);
  }

  /**
   * Lets nothing of a job go on until it is resumed: a run that is going on stops and waits, and is
   * the same run afterwards.
   *
   * @throws Problem 409 if its run is being stopped
   */
  @Transactional
  public void pause(long id, Mode mode, String reason) {
    var job = jobs.requireLocked(id);
    var before = seen(id);
    switch (job.state()) {
      case RUNNING -> wish(runs.open(id), Wish.PAUSE, mode, reason);
      case PAUSED -> {}
      case NOT_STARTED, PENDING, FINISHED, FAILED -> {
        runs.open(id).ifPresent(run -> runs.waitFor(run.id(), WaitReason.PAUSED, reason));
        jobs.paused(id, reason);
      }
    }
    done("job.pause", id, reason, before);
  }

  /**
   * Ends a pause: the job is due now, and goes on with the run that waits, if there is one.
   *
   * @throws Problem 409 if it is not paused, nor due or going on
   */
  @Transactional
  public void resume(long id, String reason) {
    var job = jobs.requireLocked(id);
    var before = seen(id);
    switch (job.state()) {
      case PAUSED -> {
        runs.open(id).ifPresent(run -> runs.waitFor(run.id(), null, reason));
        jobs.due(job, reason, false);
      }
      case RUNNING -> wishes.withdraw(id, Wish.PAUSE, reason);
      case PENDING -> {}
      case NOT_STARTED, FINISHED, FAILED ->
          throw Problem.conflict(
              "NOT_PAUSED",
              "The job is not paused",
              "Job %d is %s.".formatted(id, job.state()),
              "Start it instead.");
    }
    done("job.resume", id, reason, before);
  }

  /**
   * Makes this job the next, and all others wait until it has ended.
   *
   * @param mode how soon runs that are going on hold; finish = they go on to their end
   * @throws Problem 409 if it is paused
   */
  @Transactional
  public void activate(long id, Mode mode, String reason) {
    orchestrator.lock();
    var job = jobs.requireLocked(id);
    var before = seen(id);
    if (job.state() == JobState.PAUSED) throw paused(id);
    jobs.activate(id, mode, reason);
    if (job.state() == JobState.RUNNING) {
      wishes.withdraw(id, Wish.ACTIVATION, reason);
    } else {
      runs.open(id).ifPresent(run -> runs.waitFor(run.id(), null, reason));
      jobs.due(job, reason, true);
    }
    if (mode != Mode.finish) wishes.wishOfAllBut(id, Wish.ACTIVATION, mode, reason);
    done("job.activate", id, reason, before);
  }

  private void wish(Optional<Open> run, Wish wish, Mode mode, String reason) {
    var open = run.filter(each -> each.state() == RunState.RUNNING).orElseThrow();
    if (wishes.wish(open.id(), wish, mode, reason)) return;
    throw Problem.conflict(
        "RUN_STOPPING",
        "The run is being stopped",
        "Run %d ends as soon as it can.".formatted(open.id()),
        "Wait until it has ended.");
  }

  /**
   * How a job stands, for the audit.
   *
   * @param reason why it stands so
   * @param waitsFor what its run waits for
   * @param wish what is asked of its run
   * @param activatedJob the one that all others wait for
   * @param holding the runs that are asked to hold for it
   */
  private record Seen(
      JobState state,
      @Nullable String reason,
      @Nullable Instant nextDueAt,
      boolean forced,
      boolean activated,
      @Nullable Long run,
      @Nullable RunState runState,
      @Nullable WaitReason waitsFor,
      @Nullable Wish wish,
      @Nullable Mode mode,
      @Nullable Long activatedJob,
      List<Long> holding) {}

  private Seen seen(long id) {
    var job = jobs.requireLocked(id);
    var run = runs.open(id).orElse(null);
    return new Seen(
        job.state(),
        job.reason(),
        job.nextDueAt(),
        job.forced(),
        job.activated(),
        run == null ? null : (Long) run.id(),
        run == null ? null : run.state(),
        run == null ? null : run.waitsFor(),
        run == null ? null : run.wish(),
        run == null ? null : run.mode(),
        orchestrator.now().activated(),
        runs.asked(Wish.ACTIVATION));
  }

  private void done(String action, long id, String reason, Seen before) {
    audit.record(action, Target.of("job", id), reason, before, seen(id));
  }

  static Problem running(Locked job) {
    return Problem.conflict(
        "RUN_ALREADY_ACTIVE",
        "A run is already going",
        "Run %d of job %d is going on.".formatted(job.runId(), job.id()),
        "Open it, or stop it first.");
  }

  private static Problem paused(long id) {
    return Problem.conflict(
        "JOB_PAUSED", "The job is paused", "Job %d is paused.".formatted(id), "Resume it first.");
  }

  private static Problem nothingGoesOn(Locked job) {
    return Problem.conflict(
        "NOT_RUNNING",
        "Nothing is going on",
        "Job %d is %s.".formatted(job.id(), job.state()),
        "Start it first.");
  }
}
