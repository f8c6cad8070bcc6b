package dev.pulse.etl.ingest;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.pulse.etl.connectors.CensusStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What sources themselves count, beside what is stored. */
@Component
public class SourceCounts {

  private final JdbcTemplate ingest;

  SourceCounts(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
  }

  /**
   * A count of one project or repository.
   *
   * @param record the type of the records, by the name of its table
   * @param kind which kind of them; null = all
   * @param atSource how many the source had at {@code countedAt}
   * @param stored how many are stored now and not marked gone
   */
  public record Count(
      String record, @Nullable String kind, long atSource, long stored, Instant countedAt) {}

  /**
   * What was noted.
   *
   * @param record the name of a table, and after a space the kind of its rows if they are of one
   */
  private record Noted(String partition, String record, long count, Instant countedAt) {

    String table() {
      return record.split(" ", 2)[0];
    }

    Optional<String> kind() {
      return Optional.of(record.split(" ", 2)).filter(it -> it.length == 2).map(it -> it[1]);
    }
  }

  /** The latest counts of a connection, by project or repository. */
  public Map<String, List<Count>> of(long connection) {
    var stored = new HashMap<String, Map<String, Long>>();
    var counts = new HashMap<String, List<Count>>();
    for (var noted : noted(connection)) {
      var live = stored.computeIfAbsent(noted.record, record -> live(connection, noted));
      var count =
          new Count(
              noted.table(),
              noted.kind().orElse(null),
              noted.count,
              live.getOrDefault(noted.partition, 0L),
              noted.countedAt);
      counts.computeIfAbsent(noted.partition, partition -> new ArrayList<>()).add(count);
    }
    return counts;
  }

  /**
   * The types of records that a connection has stored, and of which its source has told no count:
   * of these nobody can say whether they are all there. By the names of their tables, in their
   * order.
   */
  public List<String> uncounted(long connection) {
    var counted = noted(connection).stream().map(Noted::table).collect(toSet());
    var stored =
        RecordLayout.TABLES.stream()
            .map(RecordTable::name)
            .filter(table -> !counted.contains(table))
            .map(
                """
                select '%1$s' as record where exists (select from %1$s where connection_id = :connection)
                """
                    ::formatted)
            .collect(joining("union all ", "", "order by record"));
    return JdbcClient.create(ingest)
        .sql(stored)
        .param("connection", connection)
        .query(String.class)
        .list();
  }

  private List<Noted> noted(long connection) {
    return ingest.query(
        """
        select partition, record, count, counted_at
        from source_count
        where connection_id = ?
        order by partition, record
        """,
        (row, n) ->
            new Noted(
                row.getString("partition"),
                row.getString("record"),
                row.getLong("count"),
                row.getTimestamp("counted_at").toInstant()),
        connection);
  }

  /** Nothing for what belongs to a whole source, such as its teams. */
  private Map<String, Long> live(long connection, Noted noted) {
    return RecordLayout.TABLES.stream()
        .filter(table -> table.name().equals(noted.table()) && table.hasPartition())
        .findFirst()
        .map(table -> live(connection, table, noted.kind()))
        .orElse(Map.of());
  }

  /** Rows that are not marked gone, by project or repository. */
  Map<String, Long> live(long connection, RecordTable<?> table, Optional<String> kind) {
    return ingest
        .query(
            "select %1$s, count(*) from %2$s t where connection_id = ? and deleted_at is null%3$s group by 1"
                .formatted(table.requirePartition(), table.name(), RecordTable.ofKind(kind)),
            (row, n) -> Map.entry(row.getString(1), row.getLong(2)),
            connection)
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** To be called where the count is known, in the transaction that draws a conclusion from it. */
  void note(long connection, String partition, CensusStream stream, long count) {
    var table = RecordLayout.of(stream.counted()).name();
    ingest.update(
        """
        insert into source_count as s (connection_id, partition, record, count)
        values (?, ?, ?, ?)
        on conflict (connection_id, partition, record) do update
           set count = excluded.count, counted_at = excluded.counted_at
        """,
        connection,
        partition,
        stream.kind().map(kind -> table + " " + kind).orElse(table),
        count);
  }
}
