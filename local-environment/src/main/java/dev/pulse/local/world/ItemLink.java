package dev.pulse.local.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A link between two issues, told from the side of one of them.
 *
 * @param id the same on both sides
 * @param outward whether this issue blocks the other, rather than being blocked by it
 * @param other id of the other issue
 */
public record ItemLink(long id, boolean outward, long other) {

  private static final int EVERY = 5;
  private static final int DISTANCE = 7;

  /** One issue in five blocks an older one; issues made later have no links. */
  static List<ItemLink> of(int issue, int linked) {
    var links = new ArrayList<ItemLink>();
    int later = issue + DISTANCE;
    if (issue < linked && issue % EVERY == 0 && issue >= DISTANCE)
      links.add(new ItemLink(500_000L + issue, true, 10_000L + issue - DISTANCE));
    if (later < linked && later % EVERY == 0)
      links.add(new ItemLink(500_000L + later, false, 10_000L + later));
    return links;
  }
}
