package dev.pulse.etl.runs;

import static java.util.stream.Collectors.groupingBy;

import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.ingest.Coverage;
import dev.pulse.etl.ingest.Coverage.Unreadable;
import dev.pulse.etl.ingest.SourceCounts;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.SortField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
   * @param next cursor of the page after; null at the end
   * @param streams what cannot be read of streams that are of no one project or repository; on the
   *     first page only
   * @param uncounted types of records that are stored, by the names of their tables, and of which
   *     the source tells no count, or has not yet: nothing says whether they are all there; on the
   *     first page only
   */
  record CoverageView(
      List<ElementView> items,
      @Nullable String next,
      List<RefusedView> streams,
      List<String> uncounted) {}

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

  private record Element(String externalId, String name, boolean included) {

    ElementView with(
        Map<String, List<RefusedView>> unreadable, Map<String, List<SourceCounts.Count>> counts) {
      return new ElementView(
          externalId,
          name,
          included,
          unreadable.getOrDefault(externalId, List.of()),
          counts.getOrDefault(externalId, List.of()));
    }
  }

  /** What projects and repositories can be sorted by. */
  enum Sort implements SortField<ElementView> {
    NAME;

    @Override
    public List<Column<ElementView>> columns() {
      return List.of(
          Column.text("name", ElementView::name),
          Column.text("external_id", ElementView::externalId));
    }
  }

  @Transactional(readOnly = true)
  public CoverageView of(long connection, Keyset<ElementView> page) {
    var elements = elements(connection, page);
    var ids = elements.stream().map(Element::externalId).toList();
    var counts = sourceCounts.of(connection);
    var unreadable =
        coverage.of(connection, ids).stream()
            .collect(
                groupingBy(
                    Unreadable::partition,
                    Collectors.mapping(RefusedView::of, Collectors.toList())));
    var listed = page.page(elements.stream().map(each -> each.with(unreadable, counts)).toList());
    if (page.after() != null) {
      return new CoverageView(listed.items(), listed.next(), List.of(), List.of());
    }
    return new CoverageView(
        listed.items(),
        listed.next(),
        coverage.ofNoElement(connection).stream().map(RefusedView::of).toList(),
        sourceCounts.uncounted(connection));
  }

  private List<Element> elements(long connection, Keyset<ElementView> page) {
    var query =
        jdbc.sql(
            """
            select external_id, name, included
            from scope_element
            where connection_id = :connection
            """
                + page.sql());
    return page.in(query).param("connection", connection).query(Element.class).list();
  }
}
