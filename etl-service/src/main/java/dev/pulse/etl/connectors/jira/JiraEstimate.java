package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a site is, by its own count of issues: one request for two hundred projects. Rows and
 * requests are what issues took on average in the measurements of docs/benchmarks.md.
 */
final class JiraEstimate {

  private static final int PROJECTS_AT_ONCE = 200;
  private static final double ROWS_PER_ISSUE = 9;
  private static final double REQUESTS_PER_ISSUE = 0.014;

  /** Its list of versions, its first page of issues, its census. */
  private static final int REQUESTS_PER_PROJECT = 3;

  private final JiraClient client;

  JiraEstimate(JiraClient client) {
    this.client = client;
  }

  List<Expected> of(List<String> projects, @Nullable Instant startFrom)
      throws InterruptedException {
    long issues = 0;
    for (int at = 0; at < projects.size(); at += PROJECTS_AT_ONCE) {
      int end = Math.min(at + PROJECTS_AT_ONCE, projects.size());
      issues += count(new JiraQuery(projects.subList(at, end), startFrom, null, "created"));
    }
    return List.of(
        new Expected(
            JiraIssues.NAME,
            issues,
            Math.round(issues * ROWS_PER_ISSUE),
            Math.round(issues * REQUESTS_PER_ISSUE)
                + (long) projects.size() * REQUESTS_PER_PROJECT));
  }

  private long count(JiraQuery query) throws InterruptedException {
    var reply = client.post("search/approximate-count", Map.of("jql", query.jql())).json();
    var count = reply.path("count");
    if (!count.canConvertToLong()) {
      throw new SourceUnavailable("Jira did not say how many issues there are", null);
    }
    return count.longValue();
  }
}
