package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Course.Way;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.ingest.Checkpoint.Tally;
import dev.pulse.etl.ingest.Checkpoint.Walk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored checkpoints. Writing one happens only together with a page: {@link PageStore}. */
final class Checkpoints {

  private static final String INSERT =
      """
      insert into checkpoint (connection_id, stream, partition, watermark, mark, completed_at, walk_started_at,
        walk_floor, walk_position, walk_newest, walk_mark, walk_read, walk_total, walk_at, walk_way, version)
      values (:connection, :stream, :partition, :watermark, :mark, :completed, :started,
        :floor, :position, :newest, :walkMark, :read, :total, :at, :way, :version)
      on conflict do nothing
      """;
  private static final String UPDATE =
      """
      update checkpoint
         set watermark = :watermark, mark = :mark, completed_at = :completed, walk_started_at = :started,
             walk_floor = :floor, walk_position = :position, walk_newest = :newest, walk_mark = :walkMark,
             walk_read = :read, walk_total = :total, walk_at = :at, walk_way = :way,
             version = :version, updated_at = clock_timestamp()
       where connection_id = :connection and stream = :stream and partition = :partition
         and version = :version - 1
      """;

  private final JdbcClient jdbc;

  Checkpoints(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Checkpoint find(Checkpoint.Key key) {
    return jdbc.sql(
            """
            select watermark, mark, completed_at, walk_started_at, walk_floor, walk_position,
                   walk_newest, walk_mark, walk_read, walk_total, walk_at, walk_way, version
            from checkpoint
            where connection_id = :connection and stream = :stream and partition = :partition
            """)
        .param("connection", key.connectionId())
        .param("stream", key.stream())
        .param("partition", key.partition().id())
        .query((row, number) -> read(key, row))
        .optional()
        .orElse(Checkpoint.none(key));
  }

  /** All of a stream, in the order of their partitions' ids. */
  List<Checkpoint> of(long connectionId, String stream) {
    return jdbc.sql(
            """
            select partition, watermark, mark, completed_at, walk_started_at, walk_floor, walk_position,
                   walk_newest, walk_mark, walk_read, walk_total, walk_at, walk_way, version
            from checkpoint
            where connection_id = ? and stream = ?
            order by partition
            """)
        .params(connectionId, stream)
        .query(
            (row, number) -> {
              var id = row.getString("partition");
              return read(new Checkpoint.Key(connectionId, stream, new Partition(id, id)), row);
            })
        .list();
  }

  Map<String, Reached> reached(long connectionId, String stream) {
    var reached = new HashMap<String, Reached>();
    jdbc.sql(
            """
            select partition, watermark, completed_at, walk_started_at is not null as open,
              case when walk_started_at is null then mark else walk_mark end as mark
            from checkpoint
            where connection_id = :connection and stream = :stream
            """)
        .param("connection", connectionId)
        .param("stream", stream)
        .query(
            row -> {
              reached.put(
                  row.getString("partition"),
                  new Reached(
                      instant(row, "watermark"),
                      row.getString("mark"),
                      instant(row, "completed_at"),
                      row.getBoolean("open")));
            });
    return reached;
  }

  /** Partitions that a run has read to their end already, before it waited or was taken over. */
  Set<String> ended(RunScope run, String stream) {
    return jdbc.sql(
            """
            select s.partition
            from run_stream s
            join checkpoint c on c.connection_id = :connection and c.stream = s.stream and c.partition = s.partition
            where s.run_id = :run and s.stream = :stream and s.ended_at is not null
              and c.walk_started_at is null and c.completed_at is not null
            """)
        .param("connection", run.connectionId())
        .param("run", run.fence().runId())
        .param("stream", stream)
        .query(String.class)
        .set();
  }

  /**
   * Moves a checkpoint from the version before to its own.
   *
   * @throws FenceLost if somebody else has moved it
   */
  void move(Checkpoint to) {
    var walk = to.walk();
    int moved =
        jdbc.sql(to.version() == 1 ? INSERT : UPDATE)
            .param("connection", to.key().connectionId())
            .param("stream", to.key().stream())
            .param("partition", to.key().partition().id())
            .param("watermark", utc(to.watermark()))
            .param("mark", to.mark())
            .param("completed", utc(to.completedAt()))
            .param("started", walk == null ? null : utc(walk.startedAt()))
            .param("floor", walk == null ? null : utc(walk.floor()))
            .param(
                "position",
                walk == null || walk.position() == null ? null : walk.position().value())
            .param("newest", walk == null ? null : utc(walk.newest()))
            .param("walkMark", walk == null ? null : walk.mark())
            .param("read", to.tally().read())
            .param("total", to.tally().total())
            .param("at", utc(to.tally().at()))
            .param("way", to.tally().way() == null ? null : to.tally().way().name())
            .param("version", to.version())
            .update();
    if (moved == 0) throw new FenceLost("checkpoint " + to.key() + " was moved by somebody else");
  }

  private static Checkpoint read(Checkpoint.Key key, ResultSet row) throws SQLException {
    var started = instant(row, "walk_started_at");
    var position = row.getString("walk_position");
    return new Checkpoint(
        key,
        instant(row, "watermark"),
        row.getString("mark"),
        instant(row, "completed_at"),
        started == null
            ? null
            : new Walk(
                started,
                instant(row, "walk_floor"),
                position == null ? null : new Position(position),
                instant(row, "walk_newest"),
                row.getString("walk_mark")),
        row.getLong("version"),
        tally(row));
  }

  private static Tally tally(ResultSet row) throws SQLException {
    var way = row.getString("walk_way");
    return new Tally(
        row.getObject("walk_read", Long.class),
        row.getObject("walk_total", Long.class),
        instant(row, "walk_at"),
        way == null ? null : Way.valueOf(way));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
