package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The releases of each workspace. Aha! has no list of those of the account, so each workspace costs
 * a request: at most one an hour. They are few, and read whole, so that a deleted one is noticed,
 * unless there are more than a page holds.
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
  public boolean incremental() {
    return false;
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
    var query = Map.of("fields", AhaKind.RELEASE.asked());
    var path = "products/" + AhaClient.encode(product) + "/" + AhaKind.RELEASE.list();
    var read = list.read(path, query, request.position(), request.pageSize());
    var page = Page.servedAt(read.servedAt()).total(read.total());
    boolean whole = request.position() == null && read.records().size() >= read.total();
    for (var raw : read.records()) {
      whole &= readable(raw);
      if (!AhaRecords.belongs(raw, Set.of(product))) continue;
      page.map(this, raw, request.partition(), raw.path("id").asString("without id"));
    }
    if (whole) page.complete(Release.class, product);
    return read.next() == null ? page.last() : page.next(read.next());
  }

  /** A release that is set aside would look as if it had been deleted. */
  private static boolean readable(JsonNode release) {
    try {
      AhaMapper.release(release, Page.servedAt(Instant.EPOCH));
      return true;
    } catch (UnreadableRecord e) {
      return false;
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    AhaMapper.release(raw, page);
  }
}
