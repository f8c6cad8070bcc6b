package dev.pulse.etl.ingest;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Removes all that was read for a connection that is gone. In many short transactions, since it may
 * be millions of rows.
 */
@Component
public class Forgetting {

  private static final Logger log = LoggerFactory.getLogger(Forgetting.class);
  private static final int AT_ONCE = 5_000;

  private static final List<String> TABLES =
      Stream.of(
              Stream.of(
                  "scope_element",
                  "owed",
                  "quarantine",
                  "stored_rows",
                  "census",
                  "census_seen",
                  "vanished",
                  "source_count",
                  "unreadable",
                  "backfill",
                  "stream_mapping"),
              RecordLayout.TABLES.stream().map(RecordTable::name),
              Stream.of("checkpoint"))
          .flatMap(tables -> tables)
          .toList();

  private final JdbcTemplate ingest;

  Forgetting(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
  }

  /**
   * Removes the rows of a connection, from wherever it was cut off. No run of it may hold its fence
   * any more.
   */
  public void forget(long connection) {
    long rows = 0;
    for (var table : TABLES) {
      int removed;
      do {
        removed =
            ingest.update(
                """
                delete from %1$s
                where ctid = any (array(select ctid from %1$s where connection_id = ? limit ?))
                """
                    .formatted(table),
                connection,
                AT_ONCE);
        rows += removed;
      } while (removed == AT_ONCE);
    }
    log.info("Removed {} rows of connection {}, which was deleted", rows, connection);
  }
}
