package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What a census has found so far, kept page by page in the transactions that move its walk. */
@Component
class CensusNotes {

  private final JdbcTemplate ingest;

  CensusNotes(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
  }

  /** Nothing is noted of a page that is no census. */
  void note(long connection, String stream, Partition partition, Page page) {
    var ids = page.present();
    if (ids == null) return;
    ingest.update(
        "insert into census (connection_id, stream, partition) values (?, ?, ?) on conflict do"
            + " nothing",
        connection,
        stream,
        partition.id());
    ingest.update(
        """
        insert into census_seen (connection_id, stream, partition, external_id)
        select ?, ?, ?, id
        from unnest(?::text[]) as id
        on conflict do nothing
        """,
        connection,
        stream,
        partition.id(),
        ids.stream().distinct().sorted().toArray(String[]::new));
  }

  /**
   * Owes what the census found and no row is there for: it was hidden when it was looked for
   * before, or missed. Of a connection that does not read all history only what was stored once,
   * since it is not known how old the others are; nor what is in the quarantine.
   */
  void oweMissing(RunScope run, CensusStream stream, String partition) {
    var again = stream.readAgainBy();
    if (again.isEmpty()) return;
    var table = RecordLayout.of(stream.counted()).name();
    ingest.update(
        """
        delete from quarantine q
        where q.connection_id = ? and q.stream = ?
          and exists (select from %s)
        """
            .formatted(row(table, "q", "and t.deleted_at is null")),
        run.connectionId(),
        again.get());
    ingest.update(
        """
        insert into owed (connection_id, stream, parent_kind, parent_id, partition, label, detail)
        select s.connection_id, ?, ?, s.external_id, s.partition, coalesce(e.name, s.partition), ''
        from census_seen s
        left join scope_element e on e.connection_id = s.connection_id and e.external_id = s.partition
        where s.connection_id = ? and s.stream = ? and s.partition = ?
          and not exists (select from %s)%s
          and not exists (
            select
            from quarantine q
            where q.connection_id = s.connection_id and q.stream = any (?) and q.external_id = s.external_id)
        order by s.external_id
        on conflict do nothing
        """
            .formatted(
                row(table, "s", "and t.deleted_at is null"),
                // a condition that is sometimes true by itself would be no join, and too slow
                run.startFrom() == null
                    ? ""
                    : "\n  and exists (select from %s)".formatted(row(table, "s", ""))),
        again.get(),
        table,
        run.connectionId(),
        stream.name(),
        partition,
        stream.readBy().toArray(String[]::new));
  }

  private static String row(String table, String of, String which) {
    return "%1$s t where t.connection_id = %2$s.connection_id and t.external_id = %2$s.external_id %3$s"
        .formatted(table, of, which);
  }

  /** Forgets them, and tells how many there were. */
  long end(long connection, String stream, String partition) {
    delete("census", connection, stream, partition);
    return delete("census_seen", connection, stream, partition);
  }

  private long delete(String table, long connection, String stream, String partition) {
    return ingest.update(
        "delete from %s where connection_id = ? and stream = ? and partition = ?".formatted(table),
        connection,
        stream,
        partition);
  }
}
