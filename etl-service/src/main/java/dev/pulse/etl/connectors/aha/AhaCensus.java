package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which features, or epics and so on, a workspace still has: what is deleted is in no list for
 * longer than a week. Each kind is counted by itself, since some plans of Aha! lack one.
 */
final class AhaCensus implements CensusStream {

  private static final Map<String, String> FIELDS = Map.of("fields", "id,updated_at,product_id");

  private final AhaClient client;
  private final AhaKind kind;
  private final AhaVisible visible;
  private final AhaGoals goals;

  AhaCensus(AhaClient client, AhaKind kind, AhaVisible visible, AhaGoals goals) {
    this.client = client;
    this.kind = kind;
    this.visible = visible;
    this.goals = goals;
  }

  @Override
  public String name() {
    return kind.word() + "_census";
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
  public Optional<String> kind() {
    return Optional.of(kind.word());
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    if (kind == AhaKind.GOAL) goals.require();
    return AhaRecords.holding(kind, planning.scope()).stream()
        .map(each -> new PlannedWalk(Partition.of(each), null))
        .toList();
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var product = request.partition().id();
    visible.require(product);
    var path = "products/" + AhaClient.encode(product) + "/" + kind.list();
    var list = new AhaList(client, kind.list());
    var read = list.read(path, FIELDS, request.position(), request.pageSize());
    var ids = new ArrayList<String>();
    for (var raw : read.records()) {
      if (AhaRecords.belongs(raw, Set.of(product))) ids.add(id(AhaJson.text(raw, "id")));
    }
    var page = Page.servedAt(read.servedAt()).present(ids);
    return read.next() == null ? page.last() : page.next(read.next());
  }

  @Override
  public Map<String, String> shown(List<String> ids) throws InterruptedException {
    var shown = new HashMap<String, String>();
    for (var id : ids) {
      var path = kind.list() + "/" + AhaClient.encode(id);
      var found = client.find(kind.word(), path, Map.copyOf(FIELDS));
      if (found.isEmpty()) continue;
      var workspace = AhaMapper.product(found.get().json().path(kind.word()));
      shown.put(id, workspace == null ? "" : workspace);
    }
    return shown;
  }

  /** An id that cannot be read must not make a record look gone. */
  private static String id(@Nullable String text) {
    if (text != null) return text;
    throw new SourceUnavailable("Aha! answered a record without an id", null);
  }
}
