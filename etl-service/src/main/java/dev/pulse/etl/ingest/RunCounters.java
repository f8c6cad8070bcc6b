package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Partition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a run has stored, partition by partition. To be called in the transaction of each page: a
 * row of its own for each partition, or pages would wait for each other.
 */
@Component
class RunCounters {

  private static final String COUNT =
      """
      insert into run_stream as s (run_id, stream, partition, label, pages, inserted, updated, unchanged, deleted,
        quarantined, read, total, ended_at, begun, since, mark)
      select :run, :stream, :partition, :label, 1, :inserted, :updated, :unchanged, :deleted,
        :quarantined, :read, :total, case when :ended then clock_timestamp() end, p.now, p.now, p.now
      from (select row(statement_timestamp(), :rows::bigint, :read::bigint)::pace as now) as p
      on conflict (run_id, stream, partition) do update
         set pages = s.pages + 1, inserted = s.inserted + excluded.inserted,
             updated = s.updated + excluded.updated, unchanged = s.unchanged + excluded.unchanged,
             deleted = s.deleted + excluded.deleted, quarantined = s.quarantined + excluded.quarantined,
             read = case when :added then s.read + excluded.read else excluded.read end,
             total = coalesce(excluded.total, s.total), updated_at = clock_timestamp(), ended_at = excluded.ended_at,
             since = case
               when s.mark is null or s.updated_at < statement_timestamp() - interval '5 minutes' then %1$s
               when (s.mark).at < statement_timestamp() - interval '30 seconds' then s.mark
               else s.since end,
             mark = case
               when s.mark is null or (s.mark).at < statement_timestamp() - interval '30 seconds' then %1$s
               else s.mark end
      """
          .formatted(
              """
              row(statement_timestamp(),
                 s.inserted + s.updated + s.unchanged + :rows,
                 case when :added then s.read + excluded.read else excluded.read end)::pace\
              """);

  private final JdbcClient jdbc;

  RunCounters(@Qualifier("ingest") JdbcTemplate ingest) {
    this.jdbc = JdbcClient.create(ingest);
  }

  /**
   * What of the source has been read.
   *
   * @param records by the walk up to now, or, if {@code added}, by the page; null = unknown
   * @param total of how many; null = unknown
   * @param ended nothing of the partition is left to be read
   */
  record Reading(@Nullable Long records, @Nullable Long total, boolean added, boolean ended) {}

  /**
   * Counts a page. The recent past, by which its pace is told, is of half a minute or a little
   * more.
   */
  void count(RunScope run, String stream, Partition partition, PageResult result, Reading reading) {
    jdbc.sql(COUNT)
        .param("run", run.fence().runId())
        .param("stream", stream)
        .param("partition", partition.id())
        .param("label", partition.label())
        .param("inserted", result.inserted())
        .param("updated", result.updated())
        .param("unchanged", result.unchanged())
        .param("deleted", result.deleted())
        .param("quarantined", result.quarantined())
        .param("rows", result.rows())
        .param("read", reading.records())
        .param("total", reading.total())
        .param("added", reading.added())
        .param("ended", reading.ended())
        .update();
  }

  /** Counts records that a census found gone. */
  void deleted(RunScope run, String stream, Partition partition, long gone) {
    jdbc.sql(
            """
            insert into run_stream as s (run_id, stream, partition, label, deleted)
            values (:run, :stream, :partition, :label, :gone)
            on conflict (run_id, stream, partition) do update set deleted = s.deleted + excluded.deleted
            """)
        .param("run", run.fence().runId())
        .param("stream", stream)
        .param("partition", partition.id())
        .param("label", partition.label())
        .param("gone", gone)
        .update();
  }

  /** How many pages of a stream without partitions a run has stored. */
  long pages(RunScope run, String stream) {
    return ofWhole(run, stream, "pages");
  }

  /** How many parents a run has paid all debts of. */
  long paid(RunScope run, String stream) {
    return ofWhole(run, stream, "coalesce(read, 0)");
  }

  void ended(RunScope run, String stream) {
    jdbc.sql(
            """
            update run_stream
               set ended_at = clock_timestamp()
             where run_id = ? and stream = ? and partition = ? and ended_at is null
            """)
        .params(run.fence().runId(), stream, Partition.WHOLE.id())
        .update();
  }

  private long ofWhole(RunScope run, String stream, String what) {
    return jdbc.sql(
            "select %s from run_stream where run_id = ? and stream = ? and partition = ?"
                .formatted(what))
        .params(run.fence().runId(), stream, Partition.WHOLE.id())
        .query(Long.class)
        .optional()
        .orElse(0L);
  }
}
