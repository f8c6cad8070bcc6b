package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How large a site is, by its own count of issues, one request for two hundred projects, and of
 * boards. Rows and requests are what issues took on average in the measurements of
 * docs/benchmarks.md.
 */
final class JiraEstimate {

  private static final int PROJECTS_AT_ONCE = 200;
  private static final double ROWS_PER_ISSUE = 9;

  /** Its list of versions, its first page of issues, its census. */
  private static final int REQUESTS_PER_PROJECT = 3;

  private static final int BOARDS_PER_PAGE = 50;

  /** Itself, and a few years of sprints; a page of those, once for them and once to count them. */
  private static final long ROWS_PER_BOARD = 25;

  private static final long REQUESTS_PER_BOARD = 2;

  /** The issues once more, ten a page. */
  private static final double PAGES_PER_ISSUE = 0.1;

  /** Every second issue is taken to have some code, in one application. */
  private static final double PANELS_PER_ISSUE = 0.5;

  private static final double HINTS_PER_ISSUE = 0.5;

  private final JiraClient client;
  private final JiraOptions options;

  JiraEstimate(JiraClient client, JiraOptions options) {
    this.client = client;
    this.options = options;
  }

  List<Expected> of(List<String> projects, @Nullable Instant startFrom)
      throws InterruptedException {
    long issues = 0;
    for (int at = 0; at < projects.size(); at += PROJECTS_AT_ONCE) {
      int end = Math.min(at + PROJECTS_AT_ONCE, projects.size());
      issues += count(new JiraQuery(projects.subList(at, end), startFrom, null, "created"));
    }
    var expected = new ArrayList<Expected>();
    expected.add(
        new Expected(
            JiraIssues.NAME,
            issues,
            Math.round(issues * ROWS_PER_ISSUE),
            Math.round(issues * client.requestsPerIssue())
                + (long) projects.size() * REQUESTS_PER_PROJECT));
    if (options.any()) expected.add(hints(issues));
    var boards = boards();
    if (boards.isPresent()) expected.add(boards(boards.getAsLong()));
    return expected;
  }

  private Expected hints(long issues) {
    double requests = PAGES_PER_ISSUE;
    double rows = 0;
    if (options.remoteLinks()) {
      requests += 1;
      rows += HINTS_PER_ISSUE;
    }
    if (options.development()) {
      requests += PANELS_PER_ISSUE;
      rows += HINTS_PER_ISSUE;
    }
    return new Expected(
        options.stream(), issues, Math.round(issues * rows), Math.round(issues * requests));
  }

  /** Boards are those of the site, whatever the scope; read once, and counted twice. */
  private static Expected boards(long boards) {
    long pages = 3 * (1 + boards / BOARDS_PER_PAGE);
    return new Expected(
        JiraBoards.NAME, boards, boards * ROWS_PER_BOARD, pages + boards * REQUESTS_PER_BOARD);
  }

  /** Empty if the token may not see them: they are not read either. */
  private OptionalLong boards() throws InterruptedException {
    try {
      var query = Map.<String, Object>of("maxResults", 1);
      var total = client.get(JiraBoardWalk.ROOT + "board", query).json().path("total");
      return total.canConvertToLong() ? OptionalLong.of(total.longValue()) : OptionalLong.empty();
    } catch (AccessDenied | CredentialsRejected e) {
      return OptionalLong.empty();
    }
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
