package dev.pulse.etl.runs;

import dev.pulse.etl.runs.Leases.Lapsed;
import dev.pulse.model.WaitReason;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who runs what. Claiming is one transaction that one node at a time goes through. */
@Component
class Claims {

  private final JdbcClient jdbc;
  private final Orchestrator orchestrator;
  private final JobStates jobs;
  private final RunStates runs;
  private final Leases leases;
  private final Wishes wishes;

  Claims(
      JdbcClient jdbc,
      Orchestrator orchestrator,
      JobStates jobs,
      RunStates runs,
      Leases leases,
      Wishes wishes) {
    this.jdbc = jdbc;
    this.orchestrator = orchestrator;
    this.jobs = jobs;
    this.runs = runs;
    this.leases = leases;
    this.wishes = wishes;
  }

  /**
   * Claims the run that should go on next: one whose node was lost, else that of the next due job
   * if nothing holds all jobs and there is a free place.
   *
   * @param owner this process, unlike any other that ever was
   */
  @Transactional
  public Optional<Claim> next(String owner) {
    orchestrator.lock();
    var lost = takeOver(owner);
    if (lost.isPresent()) return lost;
    var now = orchestrator.now();
    if (now.activated() == null)
      runs.noneWaitsFor(WaitReason.ACTIVATION, "no job is activated any more");
    jobs.queueDue();
    if (now.paused() || now.running() >= now.settings().maxActive()) return Optional.empty();
    return dueJob().flatMap(jobs::lock).map(job -> begin(job, owner));
  }

  /** A run that shall stop anyway is not taken over: what was wished of it is done at once. */
  private Optional<Claim> takeOver(String owner) {
    while (true) {
      var lapsed = leases.lapsed();
      if (lapsed.isEmpty()) return Optional.empty();
      var run = runs.open(lapsed.get().jobId());
      if (run.isEmpty() || run.get().wish() == null) return takeOver(lapsed.get(), owner);
      wishes.fulfil(jobs.requireLocked(lapsed.get().jobId()), run.get());
    }
  }

  private Optional<Claim> takeOver(Lapsed lapsed, String owner) {
    return runs.takenOver(lapsed.runId(), lapsed.why())
        .map(losses -> new Claim(lapsed.jobId(), leases.give(lapsed.runId(), owner), losses));
  }

  /**
   * Forced jobs first, then the one whose last success is oldest; budgets in use are left alone,
   * and all but an activated job wait for it.
   */
  private Optional<Long> dueJob() {
    return jdbc.sql(
            """
            select j.id
            from job j
            where j.state = 'PENDING'
              and j.next_due_at <= clock_timestamp()
              and (j.activated or not exists (select from job other where other.activated))
              and not exists (
                select from job other where other.state = 'RUNNING' and other.budget_keys && j.budget_keys)
            order by j.forced desc, j.last_success nulls first, j.id
            for update skip locked
            limit 1
            """)
        .query(Long.class)
        .optional();
  }

  private Claim begin(JobStates.Locked job, String owner) {
    var waiting = runs.open(job.id());
    waiting.ifPresent(run -> runs.resume(run.id()));
    long run = waiting.map(RunStates.Open::id).orElseGet(() -> runs.begin(job.id(), job.forced()));
    jobs.begin(job.id(), run);
    return new Claim(job.id(), leases.give(run, owner), 0);
  }
}
