package dev.pulse.etl.ingest;

import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What operators want to be read again beside the ordinary reading, and how far that has come. */
@Component
public class Backfills {

  private static final String SELECT =
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
      where b.connection_id = :connection
      """;

  private final JdbcClient decisions;

  Backfills(JdbcTemplate decisions) {
    this.decisions = JdbcClient.create(decisions);
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
      @Nullable String stream, @Nullable String partition, Instant from, @Nullable Instant to) {

    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
        DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * What people call it, such that "of" and a project or repository may follow.
     *
     * @param records the label of the stream that it reads again
     */
    public String label(String records) {
      return "%s (backfill %s)".formatted(records, range());
    }

    private String range() {
      if (to != null) return "from %s to %s".formatted(words(from), words(to));
      return from.equals(Instant.EPOCH) ? "from the beginning" : "since " + words(from);
    }

    private static String words(Instant time) {
      boolean midnight = time.equals(time.truncatedTo(ChronoUnit.DAYS));
      return (midnight ? DAY : MINUTE).format(time);
    }
  }

  /**
   * A backfill, and what runs have done for it so far.
   *
   * @param failure why it has FAILED, or what stopped the last run that failed at it
   * @param remedy what the operator can do about that
   * @param failures runs in a row that failed at it without having stored a page of it
   * @param partitions parts of streams that were begun
   * @param partitionsEnded those of them that were read to their end
   */
  public record Backfill(
      long id,
      State state,
      Wanted wanted,
      String reason,
      @Nullable String failure,
      @Nullable String remedy,
      int failures,
      Instant askedAt,
      @Nullable Instant beganAt,
      @Nullable Instant endedAt,
      long partitions,
      long partitionsEnded,
      long pages,
      long inserted,
      long updated,
      long unchanged)
      implements Numbered {}

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

  /**
   * Ends one; a run that works on it stops when its page has been stored, and one that waits will
   * not come back to it.
   */
  public boolean cancel(long connection, long id) {
    return decisions
            .sql(
                """
                with cancelled as (
                  update backfill
                     set state = 'CANCELLED', ended_at = clock_timestamp()
                   where connection_id = ? and id = ? and state in ('QUEUED', 'RUNNING')
                  returning id, connection_id),
                planned as (
                  update run_plan p
                     set ended_at = clock_timestamp()
                    from cancelled c
                    join run r on r.job_id = c.connection_id and r.state in ('RUNNING', 'WAITING')
                   where p.run_id = r.id and p.stream like '%@' || c.id and p.ended_at is null)
                select count(*) from cancelled
                """)
            .params(connection, id)
            .query(Long.class)
            .single()
        > 0;
  }

  public Listed<Backfill> list(long connection, Keyset<Numbered> page) {
    return page.page(
        page.in(decisions.sql(SELECT + page.sql()))
            .param("connection", connection)
            .query((row, n) -> backfill(row))
            .list());
  }

  /**
   * The backfill of that number.
   *
   * @throws Problem 404 if the connection has none
   */
  public Backfill require(long connection, long id) {
    return decisions
        .sql(SELECT + " and b.id = :id")
        .param("connection", connection)
        .param("id", id)
        .query((row, n) -> backfill(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("backfill", id));
  }

  private static Backfill backfill(ResultSet row) throws SQLException {
    return new Backfill(
        row.getLong("id"),
        State.valueOf(row.getString("state")),
        new Wanted(
            row.getString("stream"),
            row.getString("partition"),
            row.getTimestamp("from_at").toInstant(),
            instant(row.getTimestamp("to_at"))),
        row.getString("reason"),
        row.getString("failure"),
        row.getString("remedy"),
        row.getInt("failures"),
        row.getTimestamp("asked_at").toInstant(),
        instant(row.getTimestamp("began_at")),
        instant(row.getTimestamp("ended_at")),
        row.getLong("partitions"),
        row.getLong("partitions_ended"),
        row.getLong("pages"),
        row.getLong("inserted"),
        row.getLong("updated"),
        row.getLong("unchanged"));
  }

  /**
   * A project or repository.
   *
   * @param included it is read
   */
  public record Element(String id, String name, boolean included) {}

  /** By id or name; one that is read before one that is not. */
  public Optional<Element> element(long connection, String idOrName) {
    return decisions
        .sql(
            """
            select external_id as id, name, included
            from scope_element
            where connection_id = :connection and :wanted in (external_id, name)
            order by external_id <> :wanted, not included, external_id
            limit 1
            """)
        .param("connection", connection)
        .param("wanted", idOrName)
        .query(Element.class)
        .optional();
  }

  /** Whether what has been read of a stream so far was read as one, and not in parts. */
  public boolean readAsOne(long connection, String stream) {
    return decisions
        .sql(
            """
            select coalesce(bool_and(partition = ''), false)
            from checkpoint
            where connection_id = ? and stream = ?
            """)
        .params(connection, stream)
        .query(Boolean.class)
        .single();
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
