package dev.pulse.etl.runs;

import static java.util.stream.Collectors.groupingBy;

import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.SortField;
import dev.pulse.etl.runs.Runs.RunView;
import dev.pulse.model.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How far runs have come, by what is stored: every node says the same. */
@Service
class Progress {

  /** How far all runs have read a partition is told beside the latest run of the job only. */
  private static final String PARTITIONS =
      """
      select s.run_id, s.stream, p.label as stream_label, s.partition, s.label, s.pages, s.inserted, s.updated,
        s.unchanged, s.deleted, s.quarantined, s.read, s.total, s.started_at, s.updated_at, s.ended_at,
        (s.begun).at as begun_at, (s.begun).rows as begun_rows, (s.begun).read as begun_read,
        (s.since).at as since_at, (s.since).rows as since_rows, (s.since).read as since_read,
        c.completed_at, c.walk_started_at, c.walk_read, c.walk_total, c.walk_at, c.walk_way,
        w.reason as wait_reason, w.until_at as wait_until
      from run_stream s
      left join run_plan p on p.run_id = s.run_id and p.stream = s.stream
      left join job j on j.run_id = s.run_id
      left join checkpoint c on c.connection_id = j.id and c.stream = s.stream and c.partition = s.partition
      left join run_lease l on l.run_id = s.run_id
      left join run_wait w
        on w.run_id = s.run_id and w.stream = s.stream and w.partition = s.partition and w.token = l.token
          and w.until_at > clock_timestamp()
      where s.run_id = any (:runs) and (:all or s.ended_at is null)
      """;

  private static final String STREAMS =
      """
      select p.run_id, p.stream, p.label, p.partitions, p.ended_at,
        coalesce(e.partitions, 0) as partitions_ended, e.pages, e.inserted, e.updated, e.unchanged, e.deleted,
        e.quarantined, case when e.partitions is null then 0 when e.known then e.read end as read
      from run_plan p
      left join (
        select run_id, stream, count(*) as partitions, sum(pages) as pages, sum(inserted) as inserted,
          sum(updated) as updated, sum(unchanged) as unchanged, sum(deleted) as deleted,
          sum(quarantined) as quarantined, sum(read)::bigint as read, bool_and(read is not null) as known
        from run_stream
        where run_id = any (:runs) and ended_at is not null
        group by 1, 2) as e on e.run_id = p.run_id and e.stream = p.stream
      where p.run_id = any (:runs)
      order by p.run_id, p.stage, p.stream
      """;

  /** Also of parts of which nothing has been stored yet. */
  private static final String WAITS =
      """
      select w.run_id, w.stream, w.reason as wait_reason, w.until_at as wait_until
      from run_wait w
      join run_lease l on l.run_id = w.run_id and l.token = w.token
      where w.run_id = any (:runs) and w.until_at > clock_timestamp()
      order by w.until_at
      """;

  private final JdbcClient jdbc;

  Progress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Of<T>(long run, T stored) {}

  private record PageWait(String stream, RunWait told) {}

  /** What partitions can be sorted by: by stream, and by id within. */
  enum Sort implements SortField<PartitionProgress> {
    STREAM;

    @Override
    public List<Column<PartitionProgress>> columns() {
      return List.of(
          Column.text("s.stream", PartitionProgress::stream),
          Column.text("s.partition", PartitionProgress::partition));
    }
  }

  /** Partitions that a run has stored something of. */
  @Transactional(readOnly = true)
  public Listed<PartitionProgress> partitions(RunView run, Keyset<PartitionProgress> page) {
    var now = now();
    return page.page(
        page.in(jdbc.sql(PARTITIONS + page.sql()))
            .param("runs", ids(List.of(run)))
            .param("all", true)
            .query((row, n) -> PartitionProgress.of(partition(row).stored, run, now))
            .list());
  }

  /** The given runs, each with its progress. */
  @Transactional(readOnly = true)
  public List<RunReport> of(List<RunView> runs) {
    if (runs.isEmpty()) return List.of();
    var now = now();
    var open = open(runs).stream().collect(groupingBy(Of::run));
    var streams =
        jdbc.sql(STREAMS).param("runs", ids(runs)).query((row, n) -> stream(row)).list().stream()
            .collect(groupingBy(Of::run));
    var waits = waits(runs).stream().collect(groupingBy(Of::run));
    return runs.stream()
        .map(
            run ->
                report(
                    run,
                    streams.getOrDefault(run.id(), List.of()),
                    open.getOrDefault(run.id(), List.of()),
                    waits.getOrDefault(run.id(), List.of()).stream().map(Of::stored).toList(),
                    now))
        .toList();
  }

  private List<Of<PageWait>> waits(List<RunView> runs) {
    var waits = new ArrayList<Of<PageWait>>();
    jdbc.sql(WAITS)
        .param("runs", ids(runs))
        .query(
            row -> {
              var wait = RunWait.withinPage(row);
              if (wait == null) return;
              waits.add(
                  new Of<>(row.getLong("run_id"), new PageWait(row.getString("stream"), wait)));
            });
    return waits;
  }

  /** The time of the database, by which the nodes agree. */
  Instant now() {
    return jdbc.sql("select clock_timestamp()").query(Timestamp.class).single().toInstant();
  }

  private static RunReport report(
      RunView run,
      List<Of<StreamProgress.Stored>> streams,
      List<Of<PartitionProgress.Stored>> partitions,
      List<PageWait> waits,
      Instant now) {
    var all = partitions.stream().map(each -> PartitionProgress.of(each.stored, run, now)).toList();
    Map<String, List<PartitionProgress>> open =
        all.stream().collect(groupingBy(PartitionProgress::stream));
    var progress = new ArrayList<StreamProgress>();
    for (var each : streams) {
      var name = each.stored.stream();
      var parts = open.getOrDefault(name, List.of());
      var own = waits.stream().filter(wait -> wait.stream.equals(name)).toList();
      progress.add(StreamProgress.of(each.stored, parts, wait(run, own, parts), now));
    }
    return new RunReport(run, RunProgress.of(progress, wait(run, waits, all), now), progress);
  }

  private static @Nullable RunWait wait(
      RunView run, List<PageWait> waits, List<PartitionProgress> open) {
    if (run.state() != RunState.RUNNING) return RunWait.of(run);
    return RunWait.within(waits.stream().map(PageWait::told).toList(), open);
  }

  /** Partitions that have not been read to their end, the latest read first. */
  private List<Of<PartitionProgress.Stored>> open(List<RunView> runs) {
    return jdbc.sql(PARTITIONS + " order by s.updated_at desc")
        .param("runs", ids(runs))
        .param("all", false)
        .query((row, n) -> partition(row))
        .list();
  }

  private static Long[] ids(List<RunView> runs) {
    return runs.stream().map(RunView::id).toArray(Long[]::new);
  }

  private static Of<PartitionProgress.Stored> partition(ResultSet row) throws SQLException {
    var stream = row.getString("stream");
    var label = row.getString("stream_label");
    return new Of<>(
        row.getLong("run_id"),
        new PartitionProgress.Stored(
            stream,
            label == null ? RecordStream.label(stream) : label,
            row.getString("partition"),
            row.getString("label"),
            Counts.of(row),
            row.getObject("read", Long.class),
            row.getObject("total", Long.class),
            Pace.of(row, "begun"),
            Pace.of(row, "since"),
            Standing.Reached.of(row),
            RunWait.withinPage(row),
            row.getTimestamp("started_at").toInstant(),
            row.getTimestamp("updated_at").toInstant(),
            instant(row, "ended_at")));
  }

  private static Of<StreamProgress.Stored> stream(ResultSet row) throws SQLException {
    return new Of<>(
        row.getLong("run_id"),
        new StreamProgress.Stored(
            row.getString("stream"),
            row.getString("label"),
            row.getObject("partitions", Integer.class),
            instant(row, "ended_at"),
            row.getInt("partitions_ended"),
            Counts.of(row),
            row.getObject("read", Long.class)));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
