package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Partition;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes what was read of projects and repositories that have left the scope. In many short
 * transactions, since it may be millions of rows; the checkpoints go last, so that a removal that
 * was cut off is found again, and so that what comes back is read from its beginning.
 */
@Component
class OutOfScope {

  private static final String STREAM = "out_of_scope";

  /** Rows that one statement looks at, and removes at most. */
  private static final long WINDOW = 200_000;

  private static final int AT_ONCE = 2_000;

  private final JdbcTemplate ingest;
  private final TransactionTemplate transaction;
  private final Fences fences;
  private final StoredRows storedRows;
  private final ScopeElements scopeElements;
  private final Debts debts;

  OutOfScope(
      @Qualifier("ingest") JdbcTemplate ingest,
      @Qualifier("ingestTransactions") PlatformTransactionManager transactions,
      Fences fences,
      StoredRows storedRows,
      ScopeElements scopeElements,
      Debts debts) {
    this.ingest = ingest;
    this.transaction = new TransactionTemplate(transactions);
    this.fences = fences;
    this.storedRows = storedRows;
    this.scopeElements = scopeElements;
    this.debts = debts;
  }

  /**
   * Removes all that is stored of what has left the scope.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  void remove(RunScope run, StopSignal stop, Sync.Listener listener) {
    inTransaction(
        run,
        () -> {
          scopeElements.narrow(run);
          return 0;
        });
    for (var element : scopeElements.left(run.connectionId())) {
      long rows = remove(run, stop, element);
      inTransaction(
          run,
          () -> {
            forget(run.connectionId(), element);
            listener.removed(element, rows);
            return 0;
          });
    }
  }

  private long remove(RunScope run, StopSignal stop, Partition element) {
    long rows = 0;
    for (var table : RecordLayout.TABLES) {
      for (var column : table.partOf()) rows += remove(run, stop, element, table, column);
    }
    return rows;
  }

  private long remove(
      RunScope run, StopSignal stop, Partition element, RecordTable<?> table, String column) {
    long rows = 0;
    long after = 0;
    long end = end(table);
    while (after < end) {
      stop.check();
      var found = find(run, element, table, column, after);
      if (!found.isEmpty()) rows += inTransaction(run, () -> delete(run, element, table, found));
      after = found.size() == AT_ONCE ? found.getLast().id : after + WINDOW;
    }
    return rows;
  }

  private record Row(long id, String externalId) {}

  private long end(RecordTable<?> table) {
    var last = ingest.queryForObject("select max(id) from " + table.name(), Long.class);
    return last == null ? 0 : last;
  }

  private List<Row> find(
      RunScope run, Partition element, RecordTable<?> table, String column, long after) {
    return ingest.query(
        """
        select id, external_id
        from %s
        where id > ? and id <= ? and connection_id = ? and %s = ?
        order by id
        limit ?
        """
            .formatted(table.name(), column),
        (row, n) -> new Row(row.getLong(1), row.getString(2)),
        after,
        after + WINDOW,
        run.connectionId(),
        element.id(),
        AT_ONCE);
  }

  private long delete(RunScope run, Partition element, RecordTable<?> table, List<Row> found) {
    var parents = found.stream().map(Row::externalId).toArray(String[]::new);
    debts.forgive(run.connectionId(), table.type(), List.of(parents));
    var deletions = new ArrayList<Boolean>();
    for (var child : RecordLayout.TABLES) {
      for (var which : child.isChildOf(table)) {
        deletions.addAll(
            delete(child, "t.connection_id = ? and " + which, run.connectionId(), parents));
      }
    }
    deletions.addAll(
        delete(table, "id = any (?)", (Object) found.stream().map(Row::id).toArray(Long[]::new)));
    long live = deletions.stream().filter(gone -> !gone).count();
    storedRows.add(run.connectionId(), STREAM, element, -live);
    return deletions.size();
  }

  /** For each row that was removed, whether it had been marked gone before. */
  private List<Boolean> delete(RecordTable<?> table, String where, Object... arguments) {
    return ingest.queryForList(
        "delete from %s as t where %s returning deleted_at is not null"
            .formatted(table.name(), where),
        Boolean.class,
        arguments);
  }

  private void forget(long connection, Partition element) {
    for (var table :
        List.of(
            "owed",
            "quarantine",
            "census",
            "census_seen",
            "vanished",
            "source_count",
            "unreadable",
            "checkpoint")) {
      ingest.update(
          "delete from %s where connection_id = ? and partition = ?".formatted(table),
          connection,
          element.id());
    }
  }

  private interface Work {
    long run();
  }

  private long inTransaction(RunScope run, Work work) {
    var rows =
        transaction.execute(
            _ -> {
              fences.take(run.fence());
              return work.run();
            });
    return rows == null ? 0 : rows;
  }
}
