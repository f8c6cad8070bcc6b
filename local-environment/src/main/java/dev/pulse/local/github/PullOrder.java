package dev.pulse.local.github;

import dev.pulse.local.github.Hub.Place;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repository;
import graphql.schema.DataFetchingEnvironment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Pages over a repository's pull requests, in any order that can be asked for. */
final class PullOrder {
  private final Hub hub;

  PullOrder(Hub hub) {
    this.hub = hub;
  }

  /** The page that the arguments of a pullRequests field ask for. */
  Connection<Place> page(Repository repository, DataFetchingEnvironment env) {
    List<String> states = env.getArgument("states");
    Map<String, Object> order = env.getArgumentOrDefault("orderBy", Map.of());
    List<Place> rows = hub.byUpdate(repository);
    if (states != null) {
      rows = rows.stream().filter(row -> states.contains(hub.pull(row.index()).state())).toList();
    }
    if (!"UPDATED_AT".equals(order.get("field"))) {
      rows = byCreation(rows);
    }
    boolean descending = "DESC".equals(order.get("direction"));
    return Connection.of(
        descending ? rows.reversed() : rows,
        CursorKeys.byOrder(Place::order, descending),
        row -> hub.pull(row.index()),
        env);
  }

  private List<Place> byCreation(List<Place> rows) {
    return rows.stream()
        .map(row -> new Place(creation(hub.pull(row.index())), row.index()))
        .sorted(Comparator.comparing(Place::order))
        .toList();
  }

  private static Order creation(PullRequest pull) {
    return new Order(pull.created(), pull.index());
  }
}
