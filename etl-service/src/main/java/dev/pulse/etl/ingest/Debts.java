package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.ingest.RecordTables.Written;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Children still to be read, because their parent was written: added in the parent's transaction,
 * paid in the transaction that stores the children.
 */
@Component
class Debts {

  private static final Comparator<OwedWork> BY_KEY =
      Comparator.comparing(OwedWork::stream).thenComparing(OwedWork::parentId);

  private final JdbcTemplate ingest;
  private final JdbcClient jdbc;

  Debts(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
    this.jdbc = JdbcClient.create(ingest);
  }

  /** A debt as it stood when it was picked up; writing the parent again raises the version. */
  record Debt(Owed owed, long version) {}

  void add(long connectionId, List<OwedWork> work, Written written) {
    var due = new TreeSet<>(BY_KEY);
    for (var each : work) {
      var parent = new RowId(parentKind(each), each.parentId());
      if (written.refused().containsKey(parent)) continue;
      if (!each.onlyIfChanged() || written.holds(parent)) due.add(each);
    }
    if (due.isEmpty()) return;
    ingest.update(
        """
        insert into owed as o (connection_id, stream, parent_kind, parent_id, partition, label, detail)
        select ?, p.*
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) as p
        on conflict (connection_id, stream, parent_id) do update
           set parent_kind = excluded.parent_kind, partition = excluded.partition, label = excluded.label, detail = excluded.detail,
               version = o.version + 1
        """,
        connectionId,
        due.stream().map(OwedWork::stream).toArray(String[]::new),
        due.stream().map(Debts::parentKind).toArray(String[]::new),
        due.stream().map(OwedWork::parentId).toArray(String[]::new),
        due.stream().map(each -> each.partition().id()).toArray(String[]::new),
        due.stream().map(each -> each.partition().label()).toArray(String[]::new),
        due.stream().map(OwedWork::detail).toArray(String[]::new));
  }

  private static String parentKind(OwedWork work) {
    return RecordLayout.of(work.of()).name();
  }

  /** The oldest debts of a stream after {@code afterParent}, in the order of the parents' ids. */
  List<Debt> next(long connectionId, String stream, String afterParent, int limit) {
    return jdbc.sql(
            """
            select parent_id, partition, label, detail, version
            from owed
            where connection_id = :connection and stream = :stream and parent_id > :after
            order by parent_id
            limit :limit
            """)
        .param("connection", connectionId)
        .param("stream", stream)
        .param("after", afterParent)
        .param("limit", limit)
        .query(
            (row, number) ->
                new Debt(
                    new Owed(
                        row.getString("parent_id"),
                        new Partition(row.getString("partition"), row.getString("label")),
                        row.getString("detail")),
                    row.getLong("version")))
        .list();
  }

  long count(long connectionId, String stream) {
    return jdbc.sql("select count(*) from owed where connection_id = ? and stream = ?")
        .params(connectionId, stream)
        .query(Long.class)
        .single();
  }

  /** Nothing is owed any more for parents that are gone; {@code of} is their type. */
  void forgive(long connectionId, Class<? extends SourceRecord> of, List<String> parents) {
    if (parents.isEmpty()) return;
    ingest.update(
        "delete from owed where connection_id = ? and parent_kind = ? and parent_id = any (?)",
        connectionId,
        RecordLayout.of(of).name(),
        parents.toArray(String[]::new));
  }

  /** Says how many were paid just now: some may be paid already, or owed anew. */
  long pay(long connectionId, String stream, List<Debt> paid) {
    if (paid.isEmpty()) return 0;
    return ingest.update(
        """
        delete from owed as o
        using unnest(?::text[], ?::bigint[]) as paid(parent_id, version)
        where o.connection_id = ? and o.stream = ? and o.parent_id = paid.parent_id and o.version = paid.version
        """,
        paid.stream().map(debt -> debt.owed().parentId()).toArray(String[]::new),
        paid.stream().map(Debt::version).toArray(Long[]::new),
        connectionId,
        stream);
  }
}
