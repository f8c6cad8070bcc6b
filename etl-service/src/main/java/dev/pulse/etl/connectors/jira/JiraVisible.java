package dev.pulse.etl.connectors.jira;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which projects the account can browse, as the list of this run shows. A search that names one
 * other project is refused as a whole, so they must be known before.
 */
final class JiraVisible {

  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private volatile boolean fromTheStart;
  private volatile boolean toTheEnd;

  void begin() {
    fromTheStart = true;
  }

  void add(String projectId) {
    ids.add(projectId);
  }

  void end() {
    toTheEnd = true;
  }

  /** True only if the whole list was read, and the project is not in it. */
  boolean hides(String projectId) {
    return fromTheStart && toTheEnd && !ids.contains(projectId);
  }

  /** Those that a search may name. */
  List<String> of(List<String> projectIds) {
    return projectIds.stream().filter(each -> !hides(each)).toList();
  }
}
