package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The releases of each workspace. Aha! has no list of those of the account, so each workspace costs
 * a request: at most one an hour.
 */
final class AhaReleases implements WalkedStream {

  private static final Duration EVERY = Duration.ofHours(1);

  private final AhaList list;
  private final AhaVisible visible;

  AhaReleases(AhaClient client, AhaVisible visible) {
    this.list = new AhaList(client, AhaKind.RELEASE.list());
    this.visible = visible;
  }

  @Override
  public String name() {
    return AhaKind.RELEASE.list();
  }

  @Override
  public PageSize pageSize() {
    return AhaRecords.PAGE_SIZE;
  }

  @Override
  public Duration overlap() {
    return AhaRecords.OVERLAP;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    return AhaRecords.holding(AhaKind.RELEASE, planning.scope()).stream()
        .filter(each -> due(planning, each))
        .map(each -> new PlannedWalk(Partition.of(each), null))
        .toList();
  }

  private static boolean due(Planning planning, ScopeElement product) {
    var reached = planning.reached(product.externalId());
    return reached.open()
        || reached.completedAt() == null
        || reached.completedAt().isBefore(planning.now().minus(EVERY));
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var product = request.partition().id();
    visible.require(product);
    var query = new HashMap<String, String>();
    query.put("fields", AhaKind.RELEASE.asked());
    if (request.floor() != null) query.put("updated_since", request.floor().toString());
    var path = "products/" + AhaClient.encode(product) + "/" + AhaKind.RELEASE.list();
    var read = list.read(path, query, request.position(), request.pageSize());
    var page = Page.servedAt(read.servedAt()).total(read.total());
    for (var raw : read.records()) {
      if (!AhaRecords.belongs(raw, Set.of(product))) continue;
      page.map(this, raw, request.partition(), raw.path("id").asString("without id"));
    }
    return read.next() == null ? page.last() : page.next(read.next());
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    AhaMapper.release(raw, page);
  }
}
