package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.ingest.RecordTables.Written;
import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.SortField;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records that could not be read, kept as they came until they can be. */
@Component
public class Quarantine {

  private final JdbcTemplate ingest;
  private final JdbcClient jdbc;

  Quarantine(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
    this.jdbc = JdbcClient.create(ingest);
  }

  /**
   * A record that could not be read.
   *
   * @param partition the label of where it was read
   * @param seen how often it was met, always unreadable
   */
  public record Entry(
      long id,
      long connectionId,
      @Nullable Long runId,
      String stream,
      String partition,
      String externalId,
      String reason,
      long seen,
      Instant firstSeen,
      Instant lastSeen) {}

  /** An entry with the record's JSON, as the source sent it. */
  public record Kept(Entry entry, Partition partition, String raw) {}

  /** What entries can be sorted by: an index each. */
  public enum Sort implements SortField<Entry> {
    /** The order they came in. */
    ID,
    LAST_SEEN,
    SEEN;

    @Override
    public List<Column<Entry>> columns() {
      Column<Entry> id = Column.number("id", Entry::id);
      return switch (this) {
        case ID -> List.of(id);
        case LAST_SEEN -> List.of(Column.time("last_seen", Entry::lastSeen), id);
        case SEEN -> List.of(Column.number("seen", Entry::seen), id);
      };
    }
  }

  /**
   * A page of the entries.
   *
   * @param connection only of this one; null = of all
   */
  public Listed<Entry> list(@Nullable Long connection, Keyset<Entry> page) {
    return page.page(
        page.in(
                jdbc.sql(
                    """
                    select id, connection_id, run_id, stream, label, external_id, reason, seen, first_seen, last_seen
                    from quarantine
                    where (:connection::bigint is null or connection_id = :connection)
                      and (:visible::bigint[] is null or connection_id = any(:visible))
                    """
                        + page.sql()))
            .param("connection", connection)
            .param("visible", Visible.now().ids())
            .query((row, n) -> entry(row))
            .list());
  }

  public Optional<Kept> find(long id) {
    return jdbc.sql(
            """
            select id, connection_id, run_id, stream, partition, label, external_id, reason, raw, seen,
              first_seen, last_seen
            from quarantine
            where id = :id and (:visible::bigint[] is null or connection_id = any(:visible))
            """)
        .param("id", id)
        .param("visible", Visible.now().ids())
        .query(
            (row, n) ->
                new Kept(
                    entry(row),
                    new Partition(row.getString("partition"), row.getString("label")),
                    row.getString("raw")))
        .optional();
  }

  /**
   * Keeps records that could not be read.
   *
   * @param standard what those are part of that do not say it themselves
   */
  void add(RunScope run, String stream, Partition standard, List<Page.Unreadable> records) {
    for (var each : records) {
      var partition = each.of().equals(Partition.WHOLE) ? standard : each.of();
      ingest.update(
          """
          insert into quarantine as q (connection_id, run_id, stream, partition, label, external_id, reason, raw)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (connection_id, stream, external_id) do update
             set run_id = excluded.run_id, partition = excluded.partition, label = excluded.label,
                 reason = excluded.reason, raw = excluded.raw, seen = q.seen + 1, last_seen = clock_timestamp()
          """,
          run.connectionId(),
          run.fence().runId(),
          stream,
          partition.id(),
          partition.label(),
          StorableText.of(each.externalId()),
          StorableText.of(each.reason()),
          StorableText.of(each.raw()));
    }
  }

  /** What can be read again, or stored, leaves the quarantine, by the id it was set aside under. */
  void settle(long connectionId, String stream, Page page, Written written) {
    var rows = Stream.concat(written.inserted().stream(), written.updated().stream());
    ingest.update(
        "delete from quarantine where connection_id = ? and stream = ? and external_id = any (?)",
        connectionId,
        stream,
        Stream.concat(page.readable().stream(), rows.map(RowId::asideAs))
            .distinct()
            .toArray(String[]::new));
  }

  void remove(long id) {
    ingest.update("delete from quarantine where id = ?", id);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("id"),
        row.getLong("connection_id"),
        row.getObject("run_id", Long.class),
        row.getString("stream"),
        row.getString("label"),
        row.getString("external_id"),
        row.getString("reason"),
        row.getLong("seen"),
        row.getTimestamp("first_seen").toInstant(),
        row.getTimestamp("last_seen").toInstant());
  }
}
