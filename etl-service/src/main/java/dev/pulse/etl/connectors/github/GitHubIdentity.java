package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.CheckResult.MissingRight;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds out whom GitHub takes the reader for, and which rights it lacks. */
interface GitHubIdentity {

  Whose ask() throws InterruptedException;

  /**
   * Rights that only show when they are used on repositories.
   *
   * @param repositories some that are visible
   */
  default List<MissingRight> tryOut(JsonNode repositories) throws InterruptedException {
    return List.of();
  }

  /**
   * The owner of what proves the reader.
   *
   * @param account as people know it; null if it has no name
   * @param missing rights that it is known to lack
   */
  record Whose(@Nullable String account, List<MissingRight> missing) {

    public Whose {
      missing = List.copyOf(missing);
    }
  }
}
