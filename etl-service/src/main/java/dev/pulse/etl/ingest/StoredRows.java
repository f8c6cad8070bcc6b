package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Partition;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How many live rows a connection has, kept by whoever writes rows, in the same transaction.
 * Counted per partition, so that pages of different partitions never wait for each other; their sum
 * is the figure.
 */
@Component
class StoredRows {

  private final JdbcTemplate ingest;

  StoredRows(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
  }

  /**
   * To be called last of all that locks rows which another page may lock too.
   *
   * @param more rows that came or came back, less those that went
   */
  void add(long connectionId, String stream, Partition partition, long more) {
    if (more == 0) return;
    ingest.update(
        """
        insert into stored_rows as s (connection_id, stream, partition, live)
        values (?, ?, ?, ?)
        on conflict (connection_id, stream, partition) do update set live = s.live + excluded.live
        """,
        connectionId,
        stream,
        partition.id(),
        more);
  }
}
