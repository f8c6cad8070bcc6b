package dev.pulse.local.aha;

import dev.pulse.local.FewestRequests;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.World;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How few requests could read an account once: lists of the whole account, two hundred a page; of
 * releases, which have none, those of each workspace.
 */
final class CheapestReading {

  private CheapestReading() {}

  static Map<String, Long> of(World world) {
    int products = world.projects().size();
    var fewest =
        new FewestRequests()
            .list("products", products, Lists.LARGEST_PAGE)
            .list("accounts", world.people().size(), Lists.LARGEST_PAGE);
    for (var kind : Kind.values()) {
      var shelf = world.roadmap().shelf(kind);
      var live = IntStream.range(0, shelf.count()).filter(index -> !shelf.deleted(index));
      if (kind != Kind.RELEASE) {
        fewest.list(Bodies.list(kind), live.count(), Lists.LARGEST_PAGE);
        continue;
      }
      var ofEach = new long[products];
      live.forEach(index -> ofEach[index % products]++);
      fewest.lists(
          Bodies.list(kind),
          IntStream.range(0, products).mapToLong(each -> ofEach[each]),
          Lists.LARGEST_PAGE);
    }
    return fewest.byStream();
  }
}
