package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Features, epics, ideas or initiatives: each workspace whole by itself once a day, and in between
 * what changed in any of them from the list of the account, see {@link AhaGrouping}. A description
 * or a field of the account's own may change without a new time of update: such changes are found
 * by the daily reading.
 */
final class AhaRecords implements WalkedStream {

  static final PageSize PAGE_SIZE = new PageSize(50, 200, 200);

  /** For clocks, and for changes that are stored a little later than they are dated. */
  static final Duration OVERLAP = Duration.ofMinutes(5);

  private final AhaKind kind;
  private final AhaList list;
  private final AhaVisible visible;
  private final @Nullable Instant startFrom;
  private volatile Set<String> members = Set.of();
  private volatile @Nullable Instant groupFloor;

  /**
   * A stream of one kind.
   *
   * @param startFrom what was last changed before is left out; null = all history
   */
  AhaRecords(AhaClient client, AhaKind kind, AhaVisible visible, @Nullable Instant startFrom) {
    this.startFrom = startFrom;
    this.kind = kind;
    this.list = new AhaList(client, kind.list());
    this.visible = visible;
  }

  @Override
  public String name() {
    return kind.list();
  }

  @Override
  public PageSize pageSize() {
    return PAGE_SIZE;
  }

  @Override
  public Duration overlap() {
    return OVERLAP;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var grouping = AhaGrouping.of(planning, holding(kind, planning.scope()), visible, OVERLAP);
    members = Set.copyOf(grouping.members());
    groupFloor = grouping.floor();
    return grouping.walks();
  }

  /** A workspace by itself is always read whole. */
  @Override
  public Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    return partition.equals(AhaGrouping.GROUP.id())
        ? new Rewind.Not("of all workspaces together go on: each workspace is rewound by itself")
        : Rewind.To.BEGINNING;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var partition = request.partition();
    if (partition.id().equals(AhaGrouping.GROUP.id())) {
      return page(request, kind.list(), later(request.floor(), groupFloor), members);
    }
    visible.require(partition.id());
    var path = "products/" + AhaClient.encode(partition.id()) + "/" + kind.list();
    return page(request, path, startFrom, Set.of(partition.id()));
  }

  private Page page(Request request, String path, @Nullable Instant floor, Set<String> products)
      throws InterruptedException {
    var query = new HashMap<String, String>();
    query.put("fields", kind.asked());
    if (floor != null) query.put("updated_since", floor.toString());
    var read = list.read(path, query, request.position(), request.pageSize());
    var page = Page.servedAt(read.servedAt()).total(read.total());
    for (var raw : read.records()) {
      if (!belongs(raw, products)) continue;
      var product = AhaMapper.product(raw);
      var of = product == null ? request.partition() : new Partition(product, product);
      page.map(this, raw, of, raw.path("id").asString("without id"));
    }
    return read.next() == null ? page.last() : page.next(read.next());
  }

  /** What says of no workspace is not left out: it is set aside for not saying it. */
  static boolean belongs(JsonNode raw, Set<String> products) {
    var product = AhaMapper.product(raw);
    return product == null || products.contains(product);
  }

  /** The workspaces that can have such records, and the lines that can. */
  static List<ScopeElement> holding(AhaKind kind, List<ScopeElement> scope) {
    return scope.stream()
        .filter(each -> kind.inLines() || !each.attributes().containsKey(AhaCatalogue.LINE))
        .toList();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    AhaMapper.item(kind, raw, page);
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) return b;
    return b == null || a.isAfter(b) ? a : b;
  }
}
