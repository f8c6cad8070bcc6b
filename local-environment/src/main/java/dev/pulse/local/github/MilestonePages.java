package dev.pulse.local.github;

import dev.pulse.local.world.CodeMilestone;
import dev.pulse.local.world.Order;
import graphql.schema.DataFetchingEnvironment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pages over the milestones of a repository, in any order that can be asked for. */
final class MilestonePages {
  private MilestonePages() {}

  static Connection<CodeMilestone> page(List<CodeMilestone> all, DataFetchingEnvironment env) {
    Map<String, Object> asked = env.getArgumentOrDefault("orderBy", Map.of());
    boolean descending = "DESC".equals(asked.get("direction"));
    Function<CodeMilestone, Order> key =
        "UPDATED_AT".equals(asked.get("field"))
            ? row -> new Order(row.updated(), row.databaseId())
            : row -> new Order(row.created(), row.databaseId());
    Comparator<CodeMilestone> order = Comparator.comparing(key);
    List<CodeMilestone> rows = all.stream().sorted(descending ? order.reversed() : order).toList();
    return Connection.of(rows, CursorKeys.byOrder(key, descending), row -> row, env);
  }
}
