package dev.pulse.etl.ingest;

import dev.pulse.etl.platform.problem.Problem;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators want to be read again beside the ordinary reading, and how far that has come. */
@Component
public class Backfills {

  private final JdbcClient ingest;
  private final JdbcClient decisions;
  private final Fences fences;

  /** Made with what runs write with, and what decisions of operators are written with. */
  Backfills(@Qualifier("ingest") JdbcTemplate ingest, JdbcTemplate decisions, Fences fences) {
    this.ingest = JdbcClient.create(ingest);
    this.decisions = JdbcClient.create(decisions);
    this.fences = fences;
  }

  /** QUEUED = no run has begun it; the last three have ended. */
  public enum State {
    QUEUED,
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  /**
   * What is to be read again.
   *
   * @param stream null = all that can be read from a time
   * @param partition id of a project or repository; null = all
   * @param from what changed at or after it
   * @param to what changed later need not be read; null = up to now
   */
  public record Wanted(
      @Nullable String stream, @Nullable String partition, Instant from, @Nullable Instant to) {}

  /**
   * A backfill, and what runs have done for it so far.
   *
   * @param failure what could not be read
   * @param partitions parts of streams that were begun
   * @param partitionsEnded those of them that were read to their end
   */
  public record Backfill(
      long id,
      State state,
      Wanted wanted,
      String reason,
      @Nullable String failure,
      Instant askedAt,
      @Nullable Instant beganAt,
      @Nullable Instant endedAt,
      long partitions,
      long partitionsEnded,
      long pages,
      long inserted,
      long updated,
      long unchanged) {}

  /** Waits for the next run of the connection; to be called in a transaction. */
  public long queue(long connection, Wanted wanted, String reason) {
    return decisions
        .sql(
            """
            insert into backfill (connection_id, stream, partition, from_at, to_at, reason)
            values (:connection, :stream, :partition, :from, :to::timestamptz, :reason)
            returning id
            """)
        .param("connection", connection)
        .param("stream", wanted.stream())
        .param("partition", wanted.partition())
        .param("from", wanted.from().atOffset(ZoneOffset.UTC))
        .param("to", wanted.to() == null ? null : wanted.to().atOffset(ZoneOffset.UTC))
        .param("reason", reason)
        .query(Long.class)
        .single();
  }

  /** Ends one; a run that works on it stops when its page has been stored. */
  public boolean cancel(long connection, long id) {
    return decisions
            .sql(
                """
                update backfill
                   set state = 'CANCELLED', ended_at = clock_timestamp()
                 where connection_id = ? and id = ? and state in ('QUEUED', 'RUNNING')
                """)
            .params(connection, id)
            .update()
        > 0;
  }

  /** Those of a connection, the latest first. */
  public List<Backfill> list(long connection, long before, int limit) {
    return decisions
        .sql(
            """
            select b.*, done.*
            from backfill b
            cross join lateral (
              select count(distinct (s.stream, s.partition)) as partitions,
                count(distinct (s.stream, s.partition)) filter (where s.ended_at is not null) as partitions_ended,
                coalesce(sum(s.pages), 0) as pages, coalesce(sum(s.inserted), 0) as inserted,
                coalesce(sum(s.updated), 0) as updated, coalesce(sum(s.unchanged), 0) as unchanged
              from run r
              join run_stream s on s.run_id = r.id
              where r.job_id = b.connection_id and (r.ended_at is null or r.ended_at >= b.asked_at)
                and s.stream like '%@' || b.id) as done
            where b.connection_id = ? and b.id < ?
            order by b.id desc
            limit ?
            """)
        .params(connection, before, limit)
        .query(
            (row, n) ->
                new Backfill(
                    row.getLong("id"),
                    State.valueOf(row.getString("state")),
                    new Wanted(
                        row.getString("stream"),
                        row.getString("partition"),
                        row.getTimestamp("from_at").toInstant(),
                        instant(row.getTimestamp("to_at"))),
                    row.getString("reason"),
                    row.getString("failure"),
                    row.getTimestamp("asked_at").toInstant(),
                    instant(row.getTimestamp("began_at")),
                    instant(row.getTimestamp("ended_at")),
                    row.getLong("partitions"),
                    row.getLong("partitions_ended"),
                    row.getLong("pages"),
                    row.getLong("inserted"),
                    row.getLong("updated"),
                    row.getLong("unchanged")))
        .list();
  }

  public Backfill require(long connection, long id) {
    return list(connection, id + 1, 1).stream()
        .filter(each -> each.id() == id)
        .findFirst()
        .orElseThrow(() -> Problem.notFound("backfill", id));
  }

  /** The id of a project or repository, by id or name. */
  public Optional<String> partition(long connection, String idOrName) {
    return decisions
        .sql(
            """
            select external_id
            from scope_element
            where connection_id = :connection and :wanted in (external_id, name)
            order by external_id <> :wanted
            limit 1
            """)
        .param("connection", connection)
        .param("wanted", idOrName)
        .query(String.class)
        .optional();
  }

  /** One that a run goes on with. */
  record Open(long id, Wanted wanted) {}

  /** The oldest that has not ended. */
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
   * Writes down how one ended, unless somebody has cancelled it.
   *
   * @param failure null = all of it was read
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void end(RunScope run, long id, @Nullable String failure) {
    fences.take(run.fence());
    ingest
        .sql(
            """
            update backfill
               set state = case when :failure::text is null then 'FINISHED' else 'FAILED' end,
                   failure = :failure, ended_at = clock_timestamp()
             where id = :id and state = 'RUNNING'
            """)
        .param("failure", failure == null ? null : StorableText.of(failure))
        .param("id", id)
        .update();
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
