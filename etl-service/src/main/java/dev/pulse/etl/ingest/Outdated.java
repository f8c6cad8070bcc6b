package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.SourceRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Parents that a page holds in an older state than is stored already, as a lagging replica of a
 * source answers. What the page says of their children is as old: it is left out.
 */
final class Outdated {

  private final JdbcOperations jdbc;

  Outdated(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Only those parents are looked at of which the page claims to hold all children. */
  Set<RowId> parents(long connectionId, Page page) {
    var parents =
        page.childLists().stream()
            .map(list -> RowId.owning(RecordLayout.of(list.type()), list))
            .collect(Collectors.toUnmodifiableSet());
    var outdated = new HashSet<RowId>();
    if (parents.isEmpty()) return outdated;
    for (var table : RecordLayout.TABLES) {
      if (table.datedBySource()) {
        stored(connectionId, table, newest(table, page, parents))
            .forEach(id -> outdated.add(new RowId(table.name(), id)));
      }
    }
    return outdated;
  }

  private static Map<String, Instant> newest(RecordTable<?> table, Page page, Set<RowId> parents) {
    var newest = new TreeMap<String, Instant>();
    for (var each : page.records()) {
      var updated = each.updatedAt();
      if (!table.type().isInstance(each) || updated == null) continue;
      if (parents.contains(new RowId(table.name(), each.externalId()))) {
        newest.merge(each.externalId(), updated, (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return newest;
  }

  private List<String> stored(
      long connectionId, RecordTable<? extends SourceRecord> table, Map<String, Instant> page) {
    if (page.isEmpty()) return List.of();
    return jdbc.queryForList(
        """
        select t.external_id
        from %s t
        join unnest(?::text[], ?::bigint[]) as p(external_id, updated) on p.external_id = t.external_id
        where t.connection_id = ?
          and t.source_updated_at > timestamptz 'epoch' + p.updated * interval '1 microsecond'
          and t.source_updated_at <= now() + interval '1 day'
        """
            .formatted(table.name()),
        String.class,
        page.keySet().toArray(String[]::new),
        page.values().stream()
            .map(updated -> ChronoUnit.MICROS.between(Instant.EPOCH, updated))
            .toArray(Long[]::new),
        connectionId);
  }
}
