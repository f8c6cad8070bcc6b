package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which features, epics and so on a workspace still has: what is deleted is in no list for longer
 * than a week. One kind after the other; a position says of which kind it is.
 */
final class AhaCensus implements CensusStream {

  private static final Map<String, String> FIELDS = Map.of("fields", "id,updated_at,product_id");

  private final AhaClient client;
  private final AhaVisible visible;
  private volatile Set<String> lines = Set.of();

  AhaCensus(AhaClient client, AhaVisible visible) {
    this.client = client;
    this.visible = visible;
  }

  @Override
  public String name() {
    return "plan_census";
  }

  @Override
  public PageSize pageSize() {
    return AhaRecords.PAGE_SIZE;
  }

  @Override
  public Class<? extends SourceRecord> counted() {
    return WorkItem.class;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    lines =
        planning.scope().stream()
            .filter(each -> each.attributes().containsKey(AhaCatalogue.LINE))
            .map(ScopeElement::externalId)
            .collect(Collectors.toUnmodifiableSet());
    return CensusStream.super.plan(planning);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var product = request.partition().id();
    visible.require(product);
    var kinds =
        AhaKind.ITEMS.stream().filter(each -> each.inLines() || !lines.contains(product)).toList();
    var at = At.of(request.position(), kinds.getFirst());
    var path = "products/" + AhaClient.encode(product) + "/" + at.kind.list();
    var read =
        new AhaList(client, at.kind.list()).read(path, FIELDS, at.inList, request.pageSize());
    var ids = new ArrayList<String>();
    for (var raw : read.records()) {
      if (AhaRecords.belongs(raw, Set.of(product))) ids.add(id(AhaJson.text(raw, "id")));
    }
    var page = Page.servedAt(read.servedAt()).present(ids);
    if (read.next() != null) return page.next(new At(at.kind, read.next()).position());
    int next = kinds.indexOf(at.kind) + 1;
    return next == kinds.size() ? page.last() : page.next(new At(kinds.get(next), null).position());
  }

  /** An id does not say of which kind it is. */
  @Override
  public Map<String, String> shown(List<String> ids) throws InterruptedException {
    var shown = new HashMap<String, String>();
    for (var id : ids) {
      for (var kind : AhaKind.ITEMS) {
        var path = kind.list() + "/" + AhaClient.encode(id);
        var found = client.find(kind.word(), path, Map.copyOf(FIELDS));
        if (found.isEmpty()) continue;
        var workspace = AhaMapper.product(found.get().json().path(kind.word()));
        shown.put(id, workspace == null ? "" : workspace);
        break;
      }
    }
    return shown;
  }

  /** An id that cannot be read must not make a record look gone. */
  private static String id(@Nullable String text) {
    if (text != null) return text;
    throw new SourceUnavailable("Aha! answered a record without an id", null);
  }

  /** A place in the list of one kind; null = its beginning. */
  private record At(AhaKind kind, @Nullable Position inList) {

    static At of(@Nullable Position position, AhaKind first) {
      if (position == null) return new At(first, null);
      var parts = position.value().split(" ", 2);
      return AhaKind.ITEMS.stream()
          .filter(each -> each.word().equals(parts[0]))
          .findFirst()
          .map(kind -> new At(kind, parts[1].isEmpty() ? null : new Position(parts[1])))
          .orElseThrow(() -> new PositionExpired("a position that cannot be read", null));
    }

    Position position() {
      return new Position(kind.word() + " " + (inList == null ? "" : inList.value()));
    }
  }
}
