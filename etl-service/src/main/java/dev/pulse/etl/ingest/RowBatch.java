package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.ingest.RecordTable.Column;
import dev.pulse.etl.ingest.RecordTable.Kind;
import dev.pulse.etl.platform.json.SourceJson;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of one type in a page, made ready to be written: each key once, sorted by key, column
 * by column, with a hash per row.
 */
final class RowBatch<R extends SourceRecord> {

  private final RecordTable<R> table;
  private final List<R> rows;

  private RowBatch(RecordTable<R> table, List<R> rows) {
    this.table = table;
    this.rows = rows;
  }

  /** Of two records with one key the newer is kept; of two as new, the later in the page. */
  static <R extends SourceRecord> RowBatch<R> of(RecordTable<R> table, List<SourceRecord> records) {
    var keyColumns =
        table.columns().stream().filter(column -> table.key().contains(column.name())).toList();
    var byKey = new TreeMap<String, R>();
    for (var each : records) {
      var record = table.type().cast(each);
      byKey.merge(key(record, keyColumns), record, RowBatch::newer);
    }
    return new RowBatch<>(table, List.copyOf(byKey.values()));
  }

  RecordTable<R> table() {
    return table;
  }

  List<RowBatch<R>> halves() {
    int middle = rows.size() / 2;
    return List.of(
        new RowBatch<>(table, rows.subList(0, middle)),
        new RowBatch<>(table, rows.subList(middle, rows.size())));
  }

  RowId first() {
    return new RowId(table.name(), rows.getFirst().externalId());
  }

  /** The first row, as it is set aside; what the source sent of it is not known any more. */
  Page.Unreadable aside(String reason) {
    var raw = SourceJson.MAPPER.writeValueAsString(rows.getFirst());
    var of = table.elementOf(rows.getFirst()).map(id -> new Partition(id, id));
    return new Page.Unreadable(first().asideAs(), reason, raw, of.orElse(Partition.WHOLE));
  }

  int size() {
    return rows.size();
  }

  /** The parameters of {@link RecordTable#upsert()} after the connection: arrays, hashes last. */
  List<Array> arrays(Connection connection) throws SQLException {
    var columns = table.columns();
    var values = new Object[columns.size()][];
    for (int c = 0; c < values.length; c++) values[c] = empty(columns.get(c).kind(), rows.size());
    var hashes = new Long[rows.size()];
    var hash = new RowHash(table.mapping());
    for (int i = 0; i < hashes.length; i++) {
      var row = rows.get(i);
      for (int c = 0; c < values.length; c++) {
        var value = wire(columns.get(c), row);
        values[c][i] = value;
        hash.add(value);
      }
      hashes[i] = hash.next();
    }
    var arrays = new ArrayList<Array>(values.length + 1);
    for (int c = 0; c < values.length; c++) {
      arrays.add(connection.createArrayOf(columns.get(c).kind().wire, values[c]));
    }
    arrays.add(connection.createArrayOf("bigint", hashes));
    return arrays;
  }

  /** What a column says, and the own id, of every row, for {@link RecordTable#removeMissing}. */
  List<String[]> idsWith(String column) {
    return List.of(
        rows.stream().map(row -> table.textOf(row, column)).toArray(String[]::new),
        rows.stream().map(SourceRecord::externalId).toArray(String[]::new));
  }

  private static <R> String key(R record, List<Column<R>> columns) {
    var key = new StringBuilder();
    for (var column : columns) key.append(column.value().apply(record)).append('\u0001');
    return key.toString();
  }

  private static <R extends SourceRecord> R newer(R earlier, R later) {
    var a = earlier.updatedAt();
    var b = later.updatedAt();
    return a != null && b != null && a.isAfter(b) ? earlier : later;
  }

  private static <R> @Nullable Object wire(Column<R> column, R row) {
    var value = column.value().apply(row);
    if (value == null) return null;
    return switch (column.kind()) {
      case TEXT, DATE -> StorableText.of((String) value);
      case JSON -> StorableText.ofJson((String) value);
      case INSTANT -> ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value);
      case LONG, INT, DOUBLE, BOOLEAN -> value;
    };
  }

  /** The driver encodes arrays of a precise type faster, and in binary. */
  private static Object[] empty(Kind kind, int rows) {
    return switch (kind) {
      case TEXT, DATE, JSON -> new String[rows];
      case INSTANT, LONG -> new Long[rows];
      case INT -> new Integer[rows];
      case DOUBLE -> new Double[rows];
      case BOOLEAN -> new Boolean[rows];
    };
  }
}
