package dev.pulse.etl.runs;

import static java.util.stream.Collectors.groupingBy;

import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.ingest.Coverage;
import dev.pulse.etl.ingest.Coverage.Unreadable;
import dev.pulse.etl.ingest.SourceCounts;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What of a source is read, and what cannot be. */
@Service
class Covered {

  private final JdbcClient jdbc;
  private final Coverage coverage;
  private final SourceCounts sourceCounts;

  Covered(JdbcClient jdbc, Coverage coverage, SourceCounts sourceCounts) {
    this.jdbc = jdbc;
    this.coverage = coverage;
    this.sourceCounts = sourceCounts;
  }

  /**
   * What a connection covers.
   *
   * @param items projects and repositories
   * @param streams what cannot be read of streams that are of no one project or repository
   * @param uncounted types of records that are stored, by the names of their tables, and of which
   *     the source tells no count, or has not yet: nothing says whether they are all there
   */
  record CoverageView(List<ElementView> items, List<RefusedView> streams, List<String> uncounted) {}

  /**
   * A project or repository: whether it is read, and what of it cannot be.
   *
   * @param unreadable by stream, the longest first; empty = all of it can be read
   * @param counts what the source itself counts in it, beside what is stored
   */
  record ElementView(
      String externalId,
      String name,
      boolean included,
      List<RefusedView> unreadable,
      List<SourceCounts.Count> counts) {}

  /**
   * What a stream may not read.
   *
   * @param streamLabel what people call its records
   */
  record RefusedView(String stream, String streamLabel, String reason, Instant since) {

    static RefusedView of(Unreadable entry) {
      return new RefusedView(
          entry.stream(), RecordStream.label(entry.stream()), entry.reason(), entry.since());
    }
  }

  private record Element(String externalId, String name, boolean included) {}

  @Transactional(readOnly = true)
  public CoverageView of(long connection) {
    var counts = sourceCounts.of(connection);
    var unreadable =
        coverage.of(connection).stream()
            .collect(
                groupingBy(
                    Unreadable::partition,
                    Collectors.mapping(RefusedView::of, Collectors.toList())));
    var elements = elements(connection);
    var items =
        elements.stream()
            .map(
                each ->
                    new ElementView(
                        each.externalId,
                        each.name,
                        each.included,
                        unreadable.getOrDefault(each.externalId, List.of()),
                        counts.getOrDefault(each.externalId, List.of())))
            .toList();
    elements.forEach(each -> unreadable.remove(each.externalId));
    return new CoverageView(
        items,
        unreadable.values().stream().flatMap(List::stream).toList(),
        sourceCounts.uncounted(connection));
  }

  private List<Element> elements(long connection) {
    return jdbc.sql(
            """
            select external_id, name, included
            from scope_element
            where connection_id = ?
            order by name
            """)
        .param(connection)
        .query(Element.class)
        .list();
  }
}
