package dev.pulse.etl.ingest;

import dev.pulse.etl.platform.meters.Measure;
import dev.pulse.etl.platform.meters.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what is stored, once it is. To be called in the transaction that stores it. */
@Component
class PageMeters {

  private static final String NOBODY = "unknown";

  private final Meters meters;
  private final JdbcClient jdbc;
  private final Map<Long, String> connectors = new ConcurrentHashMap<>();

  PageMeters(Meters meters, @Qualifier("ingest") JdbcTemplate ingest) {
    this.meters = meters;
    this.jdbc = JdbcClient.create(ingest);
  }

  void page(long connection, String stream, PageResult result) {
    var connector = connector(connection);
    Meters.onceCommitted(
        () -> {
          meters.count(Measure.PAGES, 1, connector, stream);
          rows(connector, stream, "new", result.inserted());
          rows(connector, stream, "changed", result.updated());
          rows(connector, stream, "unchanged", result.unchanged());
          rows(connector, stream, "deleted", result.deleted());
          rows(connector, stream, "quarantined", result.quarantined());
        });
  }

  void removed(long connection, String stream, long gone) {
    var connector = connector(connection);
    Meters.onceCommitted(() -> rows(connector, stream, "deleted", gone));
  }

  private void rows(String connector, String stream, String result, long count) {
    meters.count(Measure.ROWS, (double) count, connector, stream, result);
  }

  /** A connection never changes its connector, so it is asked for once. */
  private String connector(long connection) {
    var known = connectors.get(connection);
    if (known != null) return known;
    var found =
        jdbc.sql("select connector from connection where id = ?")
            .param(connection)
            .query(String.class)
            .optional();
    found.ifPresent(name -> connectors.put(connection, name));
    return found.orElse(NOBODY);
  }
}
