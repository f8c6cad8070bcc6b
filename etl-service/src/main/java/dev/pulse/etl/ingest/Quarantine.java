package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Records that could not be read, kept as they came until they can be. */
@Component
class Quarantine {

  private final JdbcTemplate ingest;

  Quarantine(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
  }

  void add(RunScope run, String stream, Partition partition, List<Page.Unreadable> records) {
    for (var each : records) {
      ingest.update(
          """
          insert into quarantine as q (connection_id, run_id, stream, partition, label, external_id, reason, raw)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (connection_id, stream, external_id) do update
             set run_id = excluded.run_id, reason = excluded.reason, raw = excluded.raw, seen = q.seen + 1,
                 last_seen = clock_timestamp()
          """,
          run.connectionId(),
          run.fence().runId(),
          stream,
          partition.id(),
          partition.label(),
          StorableText.of(each.externalId()),
          StorableText.of(each.reason()),
          StorableText.of(each.raw()));
    }
  }

  /** A record that can be read again leaves the quarantine. */
  void settle(long connectionId, String stream, Page page) {
    if (page.readable().isEmpty()) return;
    ingest.update(
        "delete from quarantine where connection_id = ? and stream = ? and external_id = any (?)",
        connectionId,
        stream,
        page.readable().stream().map(StorableText::of).distinct().toArray(String[]::new));
  }
}
