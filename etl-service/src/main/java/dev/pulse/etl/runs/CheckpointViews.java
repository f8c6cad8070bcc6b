package dev.pulse.etl.runs;

import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.ingest.Backfills;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.SortField;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How far partitions have been read, as operators see it. */
@Service
class CheckpointViews {

  private final JdbcClient jdbc;
  private final Clock clock;

  CheckpointViews(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * How far a partition of a stream has been read; the walk fields are of a walk that is open.
   *
   * @param standing the same in words
   * @param read records that the walk has read, or the last one that ended; null = unknown
   * @param total how many it has, as the source told last; null = it does not tell
   */
  record CheckpointView(
      String stream,
      String streamLabel,
      String partition,
      String label,
      @Nullable Standing standing,
      @Nullable Long read,
      @Nullable Long total,
      @Nullable Instant watermark,
      @Nullable Instant completedAt,
      @Nullable Instant walkStartedAt,
      @Nullable Instant walkNewest,
      long version,
      Instant updatedAt) {}

  /** What checkpoints can be sorted by: by stream, and by partition within. */
  enum Sort implements SortField<CheckpointView> {
    STREAM;

    @Override
    public List<Column<CheckpointView>> columns() {
      return List.of(
          Column.text("c.stream", CheckpointView::stream),
          Column.text("c.partition", CheckpointView::partition));
    }
  }

  @Transactional(readOnly = true)
  public Listed<CheckpointView> of(long connection, Keyset<CheckpointView> page) {
    var now = clock.instant();
    var query =
        jdbc.sql(
            """
            select c.stream, coalesce(p.label, '') as stream_label, c.partition,
              coalesce(e.name, s.label, c.partition) as label, c.watermark, c.completed_at, c.walk_started_at,
              c.walk_newest, c.walk_read, c.walk_total, c.walk_at, c.walk_way, c.version, c.updated_at,
              b.from_at, b.to_at
            from checkpoint c
            left join job j on j.id = c.connection_id
            left join backfill b on b.id = substring(c.stream from '@([0-9]+)$')::bigint
            left join run_plan p
              on p.run_id = j.run_id and p.stream = regexp_replace(c.stream, '@[0-9]+$', '')
            left join run_stream s on s.run_id = j.run_id and s.stream = c.stream and s.partition = c.partition
            left join scope_element e on e.connection_id = c.connection_id and e.external_id = c.partition
            where c.connection_id = :connection
            """
                + page.sql());
    return page.page(
        page.in(query)
            .param("connection", connection)
            .query((row, n) -> checkpoint(row, now))
            .list());
  }

  private static CheckpointView checkpoint(ResultSet row, Instant now) throws SQLException {
    var stream = row.getString("stream");
    var partition = row.getString("partition");
    var streamLabel = streamLabel(row, stream);
    var label = partition.isEmpty() ? "" : row.getString("label");
    var reached = Standing.Reached.of(row);
    return new CheckpointView(
        stream,
        streamLabel,
        partition,
        label,
        reached == null ? null : Standing.of(streamLabel, label, reached, now),
        row.getObject("walk_read", Long.class),
        row.getObject("walk_total", Long.class),
        instant(row, "watermark"),
        instant(row, "completed_at"),
        instant(row, "walk_started_at"),
        instant(row, "walk_newest"),
        row.getLong("version"),
        row.getTimestamp("updated_at").toInstant());
  }

  /** As the latest run calls it; of a backfill, whether or not that run has come to it. */
  private static String streamLabel(ResultSet row, String stream) throws SQLException {
    var told = row.getString("stream_label");
    var from = instant(row, "from_at");
    if (from == null) return told.isEmpty() ? RecordStream.label(stream) : told;
    var plain = told.isEmpty() ? RecordStream.label(stream.replaceFirst("@\\d+$", "")) : told;
    return new Backfills.Wanted(stream, null, from, instant(row, "to_at")).label(plain);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
