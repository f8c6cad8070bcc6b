package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.ScopeElement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a first sync will take, by the totals that Aha! tells with each page. */
final class AhaEstimate {

  private static final double ROWS_PER_RECORD = 1.8;

  /** Pages overlap, so a little less than the 200 that they hold. */
  private static final long RECORDS_PER_REQUEST = 175;

  private final AhaClient client;

  AhaEstimate(AhaClient client) {
    this.client = client;
  }

  /**
   * One of each stream whose records are work items; of releases only the requests are known.
   *
   * @param all whether these are all workspaces, so that one request counts them
   */
  List<Expected> of(List<ScopeElement> products, boolean all, @Nullable Instant startFrom)
      throws InterruptedException {
    var expected = new ArrayList<Expected>();
    for (var kind : AhaKind.ITEMS) {
      var holding = AhaRecords.holding(kind, products);
      long records = all ? count(kind, "", startFrom) : 0;
      if (!all) {
        for (var product : holding) {
          records += count(kind, "products/" + product.externalId() + "/", startFrom);
        }
      }
      long walks = kind.bySince() ? holding.size() : 1;
      expected.add(
          new Expected(
              kind.list(),
              records,
              Math.round(records * ROWS_PER_RECORD),
              records / RECORDS_PER_REQUEST + walks));
    }
    int workspaces = AhaRecords.holding(AhaKind.RELEASE, products).size();
    expected.add(new Expected(AhaKind.RELEASE.list(), 0, 0, workspaces));
    return expected;
  }

  private long count(AhaKind kind, String below, @Nullable Instant startFrom)
      throws InterruptedException {
    var query = new HashMap<String, Object>(Map.of("per_page", 1, "fields", "id"));
    if (startFrom != null && kind.bySince()) query.put("updated_since", startFrom);
    return client.get(kind.list(), below + kind.list(), query).count("total_records");
  }
}
