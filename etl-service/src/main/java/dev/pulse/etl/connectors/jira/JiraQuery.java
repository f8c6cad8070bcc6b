package dev.pulse.etl.connectors.jira;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A search for issues. Times are sent as numbers: dates in quotes have minutes and mean the
 * caller's own zone.
 *
 * @param projects ids; at least one, since Jira refuses unbounded searches
 * @param floor issues updated at or after it; null = all
 * @param from lower bound of the time by which it is ordered, in milliseconds since 1970
 * @param order that time: {@code updated}, or {@code created}, which never changes
 */
record JiraQuery(
    List<String> projects, @Nullable Instant floor, @Nullable Long from, String order) {

  JiraQuery {
    if (projects.isEmpty()) throw new IllegalArgumentException("a search without projects");
    projects = List.copyOf(projects);
  }

  String jql() {
    var jql = new StringBuilder("project in (").append(list()).append(')');
    if (floor != null) jql.append(" and updated >= ").append(floor.toEpochMilli());
    if (from != null) jql.append(" and ").append(order).append(" >= ").append(from.longValue());
    return jql.append(" order by ").append(order).append(" asc, key asc").toString();
  }

  private String list() {
    return projects.stream().map(JiraQuery::value).collect(Collectors.joining(","));
  }

  /** An id is digits; whatever else comes is a text that cannot end before its end. */
  private static String value(String id) {
    if (id.matches("\\d+")) return id;
    return '"' + id.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
