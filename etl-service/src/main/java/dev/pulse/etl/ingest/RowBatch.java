package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.ingest.RecordTable.Column;
import dev.pulse.etl.ingest.RecordTable.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  int size() {
    return rows.size();
  }

  /** The parameters of {@link RecordTable#upsert()} after the connection: arrays, hashes last. */
  List<Array> arrays(Connection connection) throws SQLException {
    var arrays = new ArrayList<Array>();
    var digests = new Hashes(rows.size(), table.mapping());
    for (var column : table.columns()) {
      var values = new Object[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = wire(column, rows.get(i));
        digests.add(i, values[i]);
      }
      arrays.add(connection.createArrayOf(column.kind().wire, typed(column.kind(), values)));
    }
    arrays.add(connection.createArrayOf("bigint", digests.values()));
    return arrays;
  }

  /** Parent and own id of every row, for {@link RecordTable#removeMissing()}. */
  List<String[]> parentsAndIds() {
    var parent =
        table.columns().stream()
            .filter(column -> column.name().equals(table.parent()))
            .findFirst()
            .orElseThrow();
    var parents = rows.stream().map(row -> (String) parent.value().apply(row));
    return List.of(
        parents.toArray(String[]::new),
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
  private static Object[] typed(Kind kind, Object[] values) {
    return switch (kind) {
      case TEXT, DATE, JSON -> copy(values, new String[values.length]);
      case INSTANT, LONG -> copy(values, new Long[values.length]);
      case INT -> copy(values, new Integer[values.length]);
      case DOUBLE -> copy(values, new Double[values.length]);
      case BOOLEAN -> copy(values, new Boolean[values.length]);
    };
  }

  private static <T> T[] copy(Object[] from, T[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
    return to;
  }

  /** One hash per row over all its values: 64 bits are ample to see whether one row has changed. */
  private static final class Hashes {

    private final MessageDigest[] digests;

    Hashes(int rows, int mapping) {
      digests = new MessageDigest[rows];
      try {
        for (int i = 0; i < rows; i++) {
          digests[i] = MessageDigest.getInstance("SHA-256");
          digests[i].update((byte) mapping);
        }
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    /** Adds a value with its length, so that no two lists of values read the same. */
    void add(int row, @Nullable Object value) {
      if (value == null) {
        digests[row].update(new byte[] {-1, -1, -1, -1});
        return;
      }
      var bytes = value.toString().getBytes(StandardCharsets.UTF_8);
      digests[row].update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digests[row].update(bytes);
    }

    Long[] values() {
      var values = new Long[digests.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = ByteBuffer.wrap(digests[i].digest()).getLong();
      }
      return values;
    }
  }
}
