package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which projects the account can browse, as the list of this run shows. A search that names one
 * other project is refused as a whole, so they must be known before.
 */
final class JiraVisible {

  private volatile Set<String> ids = ConcurrentHashMap.newKeySet();
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

  /** Reads the list again: a project may have been hidden since. */
  void refresh(JiraClient client) throws InterruptedException {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    int at = 0;
    boolean more = true;
    while (more) {
      var query = Map.<String, Object>of("startAt", at, "maxResults", 100, "orderBy", "key");
      var reply = client.get("project/search", query);
      var projects = reply.list("values");
      for (var each : projects) seen.add(each.path("id").asString(""));
      at += projects.size();
      more = !projects.isEmpty() && !reply.json().path("isLast").asBoolean(true);
    }
    ids = seen;
    fromTheStart = true;
    toTheEnd = true;
  }

  /** True only if the whole list was read, and the project is not in it. */
  boolean hides(String projectId) {
    return fromTheStart && toTheEnd && !ids.contains(projectId);
  }

  /** The same of what an issue was read in; that of all projects together is never hidden. */
  boolean hides(Partition partition) {
    return !partition.id().equals(JiraGrouping.GROUP.id()) && hides(partition.id());
  }

  /** Those that a search may name. */
  List<String> of(List<String> projectIds) {
    return projectIds.stream().filter(each -> !hides(each)).toList();
  }

  /**
   * @throws AccessDenied if the project is hidden
   */
  void require(String projectId) {
    if (hides(projectId)) throw hidden();
  }

  AccessDenied hidden() {
    return new AccessDenied(
        "the project is archived, deleted or hidden",
        "Give the account of the token the right to browse it, or leave it out.");
  }
}
