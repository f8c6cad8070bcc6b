package dev.pulse.etl.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.SourceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Writes records in bulk. A row is written only if it is new or has changed, and never with an
 * older state than the one stored.
 */
final class RecordTables {

  private static final Map<Class<?>, String> UPSERTS =
      RecordLayout.TABLES.stream()
          .collect(Collectors.toUnmodifiableMap(RecordTable::type, RecordTable::upsert));

  private final JdbcOperations jdbc;
  private final Outdated outdated;

  RecordTables(JdbcOperations jdbc) {
    this.jdbc = jdbc;
    this.outdated = new Outdated(jdbc);
  }

  /**
   * What was written.
   *
   * @param revived how many rows had been gone
   * @param back those of the updated rows that had been gone
   * @param refused what PostgreSQL did not take, to be set aside
   */
  record Written(
      PageResult result,
      long revived,
      Set<RowId> inserted,
      Set<RowId> updated,
      Set<RowId> back,
      Map<RowId, Page.Unreadable> refused) {

    static Written nothing() {
      return new Written(
          PageResult.NOTHING,
          0,
          new HashSet<>(),
          new HashSet<>(),
          new HashSet<>(),
          new HashMap<>());
    }

    /** By how many rows there are more now that are not gone. */
    long live() {
      return result.inserted() + revived - result.deleted();
    }

    Written plus(PageResult more, long alive) {
      return new Written(result.plus(more), revived + alive, inserted, updated, back, refused);
    }

    boolean holds(RowId row) {
      return inserted.contains(row) || updated.contains(row);
    }
  }

  /** To be called inside the page's transaction. */
  Written write(long connectionId, Page page, Writing how) {
    var outdatedParents = outdated.parents(connectionId, page);
    var byType = page.records().stream().collect(groupingBy(Object::getClass));
    var written = Written.nothing();
    var batches = new HashMap<Class<?>, RowBatch<?>>();
    for (var table : RecordLayout.TABLES) {
      var records = byType.get(table.type());
      if (records == null) continue;
      var batch = RowBatch.of(table, withoutChildrenOf(outdatedParents, table, records));
      batches.put(table.type(), batch);
      written = upsert(connectionId, batch, how, written);
    }
    written = written.plus(PageResult.NOTHING, bringBack(connectionId, written.back));
    long deleted = 0;
    var lists = page.childLists().stream().collect(groupingBy(Page.ChildList::type));
    for (var table : RecordLayout.TABLES) {
      var parents = new ArrayList<>(lists.getOrDefault(table.type(), List.of()));
      parents.removeIf(list -> outdatedParents.contains(RowId.owning(table, list)));
      deleted +=
          removeMissing(connectionId, table, parents, batches.get(table.type()), how, written);
    }
    deleted += removeDeleted(connectionId, page);
    deleted += goAlong(connectionId, written);
    return written.plus(new PageResult(0, 0, 0, deleted, 0), 0);
  }

  /** What is written anew of rows that went with another stays gone with it. */
  private long goAlong(long connectionId, Written written) {
    long rows = 0;
    for (var table : RecordLayout.TABLES) {
      if (table.companions().isEmpty()) continue;
      var ids = Stream.concat(ids(written.inserted, table), ids(written.updated, table));
      var sorted = ids.sorted().toArray(String[]::new);
      if (sorted.length > 0) rows += jdbc.update(table.goAlong(), connectionId, sorted);
    }
    return rows;
  }

  private static Stream<String> ids(Set<RowId> rows, RecordTable<?> table) {
    return rows.stream().filter(row -> row.table().equals(table.name())).map(RowId::externalId);
  }

  /** Brings back what went with rows that have come back. */
  private long bringBack(long connectionId, Set<RowId> back) {
    if (back.isEmpty()) return 0;
    long rows = 0;
    for (var table : RecordLayout.TABLES) {
      var ids = ids(back, table).sorted().toArray(String[]::new);
      if (ids.length == 0) continue;
      for (var child : RecordLayout.TABLES) {
        for (var which : child.isChildOf(table)) {
          rows += jdbc.update(child.bringBack(which), connectionId, ids);
        }
      }
    }
    return rows;
  }

  /** Why a record is gone. */
  enum Reason {
    /** The source said so. */
    DELETED,
    /** It is not shown any more: deleted, or hidden from the token. */
    NOT_VISIBLE
  }

  /**
   * Marks records, and their children, as gone.
   *
   * @return how many rows that were
   */
  long remove(long connectionId, RecordTable<?> table, List<String> ids, Reason reason) {
    var gone = ids.stream().sorted().toArray(String[]::new);
    long rows = 0;
    for (var each : RecordLayout.TABLES) {
      var conditions =
          each.equals(table) ? List.of("t.external_id = any (?)") : each.isChildOf(table);
      for (var which : conditions) {
        rows += jdbc.update(each.remove(which), reason.name(), connectionId, gone);
      }
    }
    return rows;
  }

  private long removeDeleted(long connectionId, Page page) {
    long rows = 0;
    for (var table : RecordLayout.TABLES) {
      var ids =
          page.deleted().stream()
              .filter(each -> each.type().equals(table.type()))
              .map(Page.Deleted::externalId)
              .distinct()
              .toList();
      if (!ids.isEmpty()) rows += remove(connectionId, table, ids, Reason.DELETED);
    }
    return rows;
  }

  private static List<SourceRecord> withoutChildrenOf(
      Set<RowId> parents, RecordTable<?> table, List<SourceRecord> records) {
    if (parents.isEmpty() || table.parent() == null) return records;
    return records.stream()
        .filter(each -> table.parentOf(each).filter(parents::contains).isEmpty())
        .toList();
  }

  private Written upsert(long connectionId, RowBatch<?> batch, Writing how, Written before) {
    return jdbc.execute(
        (ConnectionCallback<Written>)
            connection ->
                how.doubting()
                    ? doubting(connection, connectionId, batch, how, before)
                    : upsert(connection, connectionId, batch, how, before));
  }

  /** Writes half by half what PostgreSQL does not take as a whole, down to the rows it refuses. */
  private static Written doubting(
      Connection connection, long connectionId, RowBatch<?> batch, Writing how, Written before)
      throws SQLException {
    var savepoint = connection.setSavepoint();
    try {
      var written = upsert(connection, connectionId, batch, how, before);
      connection.releaseSavepoint(savepoint);
      return written;
    } catch (SQLException e) {
      var reason = Refusal.reason(e);
      if (reason.isEmpty()) throw e;
      connection.rollback(savepoint);
      connection.releaseSavepoint(savepoint);
      if (batch.size() == 1) {
        before.refused.put(batch.first(), batch.aside(reason.get()));
        return before;
      }
      var written = before;
      for (var half : batch.halves()) {
        written = doubting(connection, connectionId, half, how, written);
      }
      return written;
    }
  }

  private static Written upsert(
      Connection connection, long connectionId, RowBatch<?> batch, Writing how, Written before)
      throws SQLException {
    int inserted = 0;
    int updated = 0;
    long revived = 0;
    var table = batch.table();
    try (var statement = connection.prepareStatement(UPSERTS.get(table.type()))) {
      int at = 1;
      statement.setLong(at++, connectionId);
      for (var array : batch.arrays(connection)) statement.setArray(at++, array);
      statement.setString(at, how.upTo());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var row = new RowId(table.name(), rows.getString(1));
          if (rows.getBoolean(2)) {
            inserted++;
            before.inserted.add(row);
          } else {
            updated++;
            if (rows.getBoolean(3)) {
              revived++;
              before.back.add(row);
            }
            before.updated.add(row);
          }
        }
      }
    }
    int unchanged = batch.size() - inserted - updated;
    return before.plus(new PageResult(inserted, updated, unchanged, 0, 0), revived);
  }

  private long removeMissing(
      long connectionId,
      RecordTable<?> table,
      List<Page.ChildList> lists,
      @Nullable RowBatch<?> batch,
      Writing how,
      Written written) {
    long rows = 0;
    var byOwners =
        lists.stream()
            .filter(
                list -> !written.inserted.contains(RowId.owning(table, list))) // it had none before
            .collect(groupingBy(table::owners, LinkedHashMap::new, toList()));
    for (var each : byOwners.entrySet()) {
      var owners = each.getKey();
      var parents =
          each.getValue().stream()
              .map(Page.ChildList::parentId)
              .distinct()
              .sorted()
              .toArray(String[]::new);
      var kept =
          batch == null ? List.of(new String[0], new String[0]) : batch.idsWith(owners.column());
      rows +=
          jdbc.update(
              table.removeMissing(owners),
              connectionId,
              parents,
              how.upTo(),
              kept.get(0),
              kept.get(1));
    }
    return rows;
  }
}
