package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.WalkedStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The goals of an account: few, without a filter by time, so each run reads them whole. */
final class AhaGoals implements WalkedStream {

  private final AhaList list;
  private volatile Set<String> products = Set.of();
  private volatile @Nullable AccessDenied refused;

  AhaGoals(AhaClient client) {
    this.list = new AhaList(client, AhaKind.GOAL.list());
  }

  @Override
  public String name() {
    return AhaKind.GOAL.list();
  }

  @Override
  public PageSize pageSize() {
    return AhaRecords.PAGE_SIZE;
  }

  @Override
  public boolean incremental() {
    return false;
  }

  /** Some plans of Aha! have no goals. */
  @Override
  public boolean required() {
    return false;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    products =
        planning.scope().stream()
            .map(ScopeElement::externalId)
            .collect(Collectors.toUnmodifiableSet());
    return List.of(new PlannedWalk(Partition.WHOLE, null));
  }

  /**
   * To be asked before the goals of single workspaces are.
   *
   * @throws AccessDenied if this run was refused those of the account
   */
  void require() {
    var why = refused;
    if (why != null) throw new AccessDenied(String.valueOf(why.getMessage()), why.remedy());
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var read = list(request);
    var page = Page.servedAt(read.servedAt()).total(read.total());
    for (var raw : read.records()) {
      if (!AhaRecords.belongs(raw, products)) continue;
      page.map(this, raw, request.partition(), raw.path("id").asString("without id"));
    }
    return read.next() == null ? page.last() : page.next(read.next());
  }

  private AhaList.Read list(Request request) throws InterruptedException {
    try {
      var query = Map.of("fields", AhaKind.GOAL.asked());
      return list.read(AhaKind.GOAL.list(), query, request.position(), request.pageSize());
    } catch (AccessDenied e) {
      refused = e;
      throw e;
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    AhaMapper.item(AhaKind.GOAL, raw, page);
  }
}
