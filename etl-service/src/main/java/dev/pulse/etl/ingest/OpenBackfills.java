package dev.pulse.etl.ingest;

import dev.pulse.etl.ingest.Backfills.Wanted;
import dev.pulse.model.FailureCategory;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Backfills that have not ended, as the runs that read for them see them. */
@Component
public class OpenBackfills {

  private final JdbcClient ingest;
  private final Fences fences;

  OpenBackfills(@Qualifier("ingest") JdbcTemplate ingest, Fences fences) {
    this.ingest = JdbcClient.create(ingest);
    this.fences = fences;
  }

  /** One that a run goes on with. */
  public record Open(long id, Wanted wanted) {}

  /**
   * Why one could not be read.
   *
   * @param remedy what the operator can do about it
   */
  public record Failure(FailureCategory category, String reason, String remedy) {
    public Failure {
      reason = StorableText.of(reason);
      remedy = StorableText.of(remedy);
    }
  }

  /** The oldest. */
  Optional<Open> next(long connection) {
    return ingest
        .sql(
            """
            select id, stream, partition, from_at, to_at
            from backfill
            where connection_id = ? and state in ('QUEUED', 'RUNNING')
            order by id
            limit 1
            """)
        .param(connection)
        .query(
            (row, n) ->
                new Open(
                    row.getLong("id"),
                    new Wanted(
                        row.getString("stream"),
                        row.getString("partition"),
                        row.getTimestamp("from_at").toInstant(),
                        instant(row.getTimestamp("to_at")))))
        .optional();
  }

  /**
   * A run goes on with one.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void begin(RunScope run, long id) {
    fences.take(run.fence());
    ingest
        .sql(
            """
            update backfill
               set state = 'RUNNING', began_at = clock_timestamp()
             where id = ? and state = 'QUEUED'
            """)
        .param(id)
        .update();
  }

  boolean goesOn(long id) {
    return ingest
        .sql("select state = 'RUNNING' from backfill where id = ?")
        .param(id)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /**
   * All of one was read; unless somebody has cancelled it, it has ended.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void finish(RunScope run, long id) {
    fences.take(run.fence());
    ingest
        .sql(
            """
            update backfill
               set state = 'FINISHED', failure = null, remedy = null, failures = 0, ended_at = clock_timestamp()
             where id = ? and state = 'RUNNING'
            """)
        .param(id)
        .update();
  }

  /**
   * One cannot be read; unless somebody has cancelled it, it has ended.
   *
   * @param listener is told so
   * @throws FenceLost if the run belongs to somebody else now; nothing is told
   */
  @Transactional("ingestTransactions")
  public void fail(RunScope run, Open backfill, Failure why, Sync.Listener listener) {
    fences.take(run.fence());
    int ended =
        ingest
            .sql(
                """
                update backfill
                   set state = 'FAILED', failure = :reason, remedy = :remedy, ended_at = clock_timestamp()
                 where id = :id and state = 'RUNNING'
                """)
            .param("reason", why.reason)
            .param("remedy", why.remedy)
            .param("id", backfill.id)
            .update();
    if (ended == 0) return;
    listener.failed(backfill, why);
  }

  /**
   * A run fails at one. Where a page of it has been stored since the last that did, counting begins
   * anew.
   *
   * @return how many runs in a row have
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public int failed(RunScope run, long id, Failure why) {
    fences.take(run.fence());
    return ingest
        .sql(
            """
            update backfill b
               set failures = case when p.pages > b.failure_pages then 1 else b.failures + 1 end,
                   failure_pages = p.pages, failure = :reason, remedy = :remedy
              from (
                select coalesce(sum(s.pages), 0) as pages
                from run r
                join run_stream s on s.run_id = r.id
                where r.job_id = :connection and s.stream like '%@' || :id::text) as p
             where b.id = :id
            returning b.failures
            """)
        .param("reason", why.reason)
        .param("remedy", why.remedy)
        .param("connection", run.connectionId())
        .param("id", id)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /**
   * Forgets how far those had come that have ended.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void forgetEnded(RunScope run) {
    fences.take(run.fence());
    ingest
        .sql(
            """
            delete from checkpoint k
            where k.connection_id = ? and k.stream like '%@%'
              and not exists (
                select
                from backfill b
                where k.stream like '%@' || b.id and b.connection_id = k.connection_id
                  and b.state in ('QUEUED', 'RUNNING'))
            """)
        .param(run.connectionId())
        .update();
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
