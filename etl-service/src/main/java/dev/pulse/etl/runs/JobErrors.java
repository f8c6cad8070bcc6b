package dev.pulse.etl.runs;

import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.SortField;
import dev.pulse.model.FailureCategory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What went wrong in all runs of a job that are known, by kind: a thousand failures are often one.
 */
@Component
class JobErrors {

  private final JdbcClient jdbc;

  JobErrors(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A kind of error.
   *
   * @param code tells kinds of a category apart, for programs
   * @param stream null = of the run as a whole
   * @param count how often it happened
   * @param example the latest
   */
  record ErrorKind(
      FailureCategory category,
      String code,
      @Nullable String stream,
      long count,
      Instant firstSeen,
      Instant lastSeen,
      Example example) {}

  /**
   * One error.
   *
   * @param runId null if the run is forgotten
   * @param remedy what the operator can do; null if it happened before remedies were kept apart
   */
  record Example(@Nullable Long runId, String message, @Nullable String remedy) {}

  /** What kinds can be sorted by: they are few, whatever the number of errors. */
  enum Sort implements SortField<ErrorKind> {
    LAST_SEEN,
    COUNT;

    @Override
    public List<Column<ErrorKind>> columns() {
      return List.of(
          switch (this) {
            case LAST_SEEN -> Column.<ErrorKind>time("last_seen", ErrorKind::lastSeen);
            case COUNT -> Column.<ErrorKind>number("count", ErrorKind::count);
          },
          Column.text("category", each -> each.category.name()),
          Column.text("code", ErrorKind::code),
          Column.text("stream", each -> each.stream == null ? "" : each.stream));
    }
  }

  /** All kinds. Records in quarantine count as often as they were seen. */
  @Transactional(readOnly = true)
  public List<ErrorKind> of(long job) {
    return jdbc.sql(
            """
            with error as (
              select e.id, e.happened_at, e.detail ->> 'stream' as stream,
                coalesce(e.detail ->> 'category', r.error ->> 'category', 'CONFIGURATION') as category,
                coalesce(e.detail ->> 'code', case e.kind when 'UNREADABLE' then 'ACCESS_DENIED' else 'FAILED' end) as code
              from run r
              join run_event e on e.run_id = r.id and e.kind in ('FAILED', 'UNREADABLE', 'BACKFILL_FAILED')
              where r.job_id = :job),
            kind as (
              select category, code, stream, count(*) as count, min(happened_at) as first_seen,
                max(happened_at) as last_seen, max(id) as example
              from error
              group by category, code, stream),
            spoiled as (
              select stream, sum(seen)::bigint as count, min(first_seen) as first_seen, max(last_seen) as last_seen,
                (array_agg(id order by last_seen desc, id desc))[1] as example
              from quarantine
              where connection_id = :job
              group by stream)
            select k.category, k.code, k.stream, k.count, k.first_seen, k.last_seen, e.run_id, e.message,
              e.detail ->> 'remedy' as remedy
            from kind k
            join run_event e on e.id = k.example
            union all
            select 'SOURCE', 'UNREADABLE_RECORD', s.stream, s.count, s.first_seen, s.last_seen, q.run_id, q.reason,
              'Look at it in the quarantine: it is read again when it changes, or when you retry it.'
            from spoiled s
            join quarantine q on q.id = s.example
            """)
        .param("job", job)
        .query(
            (row, n) ->
                new ErrorKind(
                    FailureCategory.valueOf(row.getString("category")),
                    row.getString("code"),
                    row.getString("stream"),
                    row.getLong("count"),
                    row.getTimestamp("first_seen").toInstant(),
                    row.getTimestamp("last_seen").toInstant(),
                    new Example(
                        row.getObject("run_id", Long.class),
                        row.getString("message"),
                        row.getString("remedy"))))
        .list();
  }
}
