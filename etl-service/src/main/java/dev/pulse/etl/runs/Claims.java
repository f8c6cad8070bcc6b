package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.Fence;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who runs what. Claiming is one transaction that one node at a time goes through; all times are
 * the database's, so no node's clock is trusted.
 */
@Component
class Claims {

  static final long CLAIM_LOCK = 0x50756c7365L;

  private final JdbcClient jdbc;
  private final RunEvents events;
  private final RunSettings settings;

  Claims(JdbcClient jdbc, RunEvents events, RunSettings settings) {
    this.jdbc = jdbc;
    this.events = events;
    this.settings = settings;
  }

  /**
   * Claims the run that should go on next: one whose node was lost, else the next due job if there
   * is a free slot.
   *
   * @param owner this process, unlike any other that ever was
   */
  @Transactional
  public Optional<Claim> next(String owner) {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(CLAIM_LOCK).query((row, n) -> n).list();
    var lost = takeOver(owner);
    if (lost.isPresent()) return lost;
    return active() < settings.maxActive() ? dueJob().map(job -> begin(job, owner)) : lost;
  }

  /** True if the lease was renewed; false if the run is somebody else's now. */
  public boolean renew(Claim claim) {
    return jdbc.sql(
                """
                update run_lease
                   set expires = clock_timestamp() + :lease * interval '1 millisecond'
                 where run_id = :run and token = :token
                """)
            .param("lease", settings.lease().toMillis())
            .param("run", claim.runId())
            .param("token", claim.fence().token())
            .update()
        == 1;
  }

  /** A page under way keeps its lease row locked; such a run is left for the next look. */
  private Optional<Claim> takeOver(String owner) {
    return jdbc.sql(
            """
            select r.id, r.job_id, l.owner = '' as given_up
            from run r
            join run_lease l on l.run_id = r.id
            where r.state = 'RUNNING' and l.expires < clock_timestamp()
            order by r.id
            for update of l skip locked
            limit 1
            """)
        .query(
            (row, n) ->
                new Lost(row.getLong("id"), row.getLong("job_id"), row.getBoolean("given_up")))
        .optional()
        .flatMap(run -> losses(run).map(losses -> takeOver(run, losses, owner)));
  }

  private record Lost(long run, long job, boolean givenUp) {}

  private Claim takeOver(Lost run, int losses, String owner) {
    var node = run.givenUp ? "was shut down" : "is gone";
    var how = "Goes on from its checkpoints: the node that ran it " + node;
    events.append(run.run, "TAKEN_OVER", how);
    return new Claim(run.job, lease(run.run, owner), how, losses);
  }

  /**
   * How many nodes were lost in a row with it without storing a page; empty if its node has ended
   * it just now.
   */
  private Optional<Integer> losses(Lost run) {
    return jdbc.sql(
            """
            update run
               set attempts = attempts + 1, version = version + 1,
                   losses = case
                     when :givenUp then losses
                     when stored.pages > loss_pages then 1
                     else losses + 1
                   end,
                   loss_pages = stored.pages
              from (select coalesce(sum(pages), 0) as pages from run_stream where run_id = :run) as stored
             where id = :run and state = 'RUNNING'
            returning losses
            """)
        .param("givenUp", run.givenUp)
        .param("run", run.run)
        .query(Integer.class)
        .optional();
  }

  private long active() {
    return jdbc.sql("select count(*) from run where state = 'RUNNING'").query(Long.class).single();
  }

  /**
   * Forced jobs first, then the one whose last success is oldest; budgets in use are left alone.
   */
  private Optional<Long> dueJob() {
    return jdbc.sql(
            """
            select j.id
            from job j
            where j.next_due_at <= clock_timestamp()
              and j.state in ('PENDING', 'FINISHED', 'FAILED', 'NOT_STARTED')
              and not exists (
                select from job other where other.state = 'RUNNING' and other.budget_keys && j.budget_keys)
            order by j.forced desc, j.last_success nulls first, j.id
            for update skip locked
            limit 1
            """)
        .query(Long.class)
        .optional();
  }

  private Claim begin(long job, String owner) {
    var waiting =
        jdbc.sql(
                """
                update run
                   set state = 'RUNNING', reason = null, resumes_at = null, attempts = attempts + 1,
                       version = version + 1
                 where job_id = ? and state = 'WAITING'
                returning id
                """)
            .param(job)
            .query(Long.class)
            .optional();
    long run =
        waiting.orElseGet(
            () ->
                jdbc.sql(
                        """
                        insert into run (job_id, state, forced)
                        select id, 'RUNNING', forced from job where id = ?
                        returning id
                        """)
                    .param(job)
                    .query(Long.class)
                    .single());
    jdbc.sql(
            """
            update job
               set state = 'RUNNING', reason = null, next_due_at = null, forced = false, run_id = :run,
                   version = version + 1
             where id = :job
            """)
        .param("run", run)
        .param("job", job)
        .update();
    var how = waiting.isPresent() ? "Goes on from its checkpoints" : "Started";
    events.append(run, waiting.isPresent() ? "RESUMED" : "STARTED", how);
    return new Claim(job, lease(run, owner), how, 0);
  }

  /** The token grows at each change of owner, for ever. */
  private Fence lease(long run, String owner) {
    Duration lease = settings.lease();
    long token =
        jdbc.sql(
                """
                insert into run_lease as l (run_id, owner, token, expires)
                values (:run, :owner, 1, clock_timestamp() + :lease * interval '1 millisecond')
                on conflict (run_id) do update
                   set owner = excluded.owner, token = l.token + 1, expires = excluded.expires
                returning token
                """)
            .param("run", run)
            .param("owner", owner)
            .param("lease", lease.toMillis())
            .query(Long.class)
            .single();
    return new Fence(run, token);
  }
}
