package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which workspaces the key can see, as the list of this run shows. A list of the whole account just
 * leaves out what is hidden, so it must be known from elsewhere.
 */
final class AhaVisible {

  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private volatile boolean fromTheStart;
  private volatile boolean toTheEnd;

  void begin() {
    fromTheStart = true;
  }

  void add(String productId) {
    ids.add(productId);
  }

  void end() {
    toTheEnd = true;
  }

  /** True only if the whole list was read, and the workspace is not in it. */
  boolean hides(String productId) {
    return fromTheStart && toTheEnd && !ids.contains(productId);
  }

  /**
   * @throws AccessDenied if the workspace is hidden
   */
  void require(String productId) {
    if (hides(productId)) {
      throw new AccessDenied(
          "the workspace is archived, deleted or hidden",
          "Give the user of the API key a role in the workspace, or leave it out.");
    }
  }
}
