package dev.pulse.etl.ingest;

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
