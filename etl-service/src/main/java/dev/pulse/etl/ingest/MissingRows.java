package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.CensusStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Rows that a census should have met and did not. Looked for in the order in which rows came, so
 * that every row is looked at once, however many censuses have ended, and no statement is long.
 */
@Component
class MissingRows {

  /** Rows that one statement looks at, and finds at most. */
  private static final long AT_ONCE = 50_000;

  private final JdbcTemplate ingest;

  MissingRows(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
  }

  /** What to do with some of them, by partition. */
  interface Work {

    /** Says whether more are wanted. */
    boolean goesOn(Map<String, List<String>> ids) throws InterruptedException;
  }

  /**
   * Hands over those of the partitions, some at a time, as they are by then.
   *
   * @param partitions whose census has ended
   */
  void each(RunScope run, StopSignal stop, CensusStream stream, List<String> partitions, Work work)
      throws InterruptedException {
    var table = RecordLayout.of(stream.counted());
    var last = ingest.queryForObject("select max(id) from " + table.name(), Long.class);
    if (last == null) return;
    boolean more = true;
    for (long after = 0; more && after < last; after += AT_ONCE) {
      stop.check();
      var found = between(run, stream, table, partitions, after, after + AT_ONCE);
      if (!found.isEmpty()) more = work.goesOn(found);
    }
  }

  /** What was written since a census began may be newer than it. */
  private Map<String, List<String>> between(
      RunScope run,
      CensusStream stream,
      RecordTable<?> table,
      List<String> partitions,
      long after,
      long upTo) {
    var found = new LinkedHashMap<String, List<String>>();
    ingest.query(
        """
        select n.partition, t.external_id
        from %s t
        join census n on n.connection_id = t.connection_id and n.stream = ? and n.partition = %s%s
        where t.connection_id = ? and t.id > ? and t.id <= ? and n.partition = any (?)
          and t.deleted_at is null and t.stored_at < n.began
          and not exists (
            select
            from census_seen s
            where s.connection_id = n.connection_id and s.stream = n.stream and s.partition = n.partition
              and s.external_id = t.external_id)
        order by n.partition, t.external_id
        """
            .formatted(
                table.name(),
                stream.whole() ? "''" : "t." + table.requirePartition(),
                RecordTable.ofKind(stream.kind())),
        row -> {
          found
              .computeIfAbsent(row.getString(1), partition -> new ArrayList<>())
              .add(row.getString(2));
        },
        stream.name(),
        run.connectionId(),
        after,
        upTo,
        partitions.toArray(String[]::new));
    return found;
  }
}
