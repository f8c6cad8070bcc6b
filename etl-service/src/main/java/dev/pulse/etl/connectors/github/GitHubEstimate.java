package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.ScopeElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large an organisation is, by GitHub's own counts: one query for a hundred repositories. Rows
 * and requests are what pull requests took on average in the measurements of docs/benchmarks.md.
 * GitHub cannot count from a date on, so the estimate is always of all history.
 */
final class GitHubEstimate {

  private static final double ROWS_PER_PULL = 15;
  private static final double REQUESTS_PER_PULL = 0.045;

  /** Its pull requests, and two lists of comments. */
  private static final int REQUESTS_PER_REPOSITORY = 3;

  private static final double ROWS_PER_ISSUE = 6;
  private static final double REQUESTS_PER_ISSUE = 0.04;

  /** Its issues, and its milestones. */
  private static final int REQUESTS_FOR_ISSUES = 2;

  private final GitHubClient client;
  private final String organization;

  GitHubEstimate(GitHubClient client, String organization) {
    this.client = client;
    this.organization = organization;
  }

  List<Expected> of(Scope scope) throws InterruptedException {
    var repositories = new ArrayList<ScopeElement>();
    long pulls = 0;
    long issues = 0;
    String after = null;
    do {
      var variables = new HashMap<String, Object>(Map.of("login", organization, "first", 100));
      if (after != null) variables.put("after", after);
      var reply = client.query(GitHubQuery.REPOSITORY_COUNTS, variables, 2);
      var list = GitHubList.of(reply, "organization", "repositories");
      for (var raw : list.nodes()) {
        if (!raw.isObject()) continue;
        var repository = GitHubCatalogue.element(raw, client.host());
        if (!scope.contains(repository)) continue;
        repositories.add(repository);
        pulls += raw.path("pullRequests").path("totalCount").asLong(0);
        issues += raw.path("issues").path("totalCount").asLong(0);
      }
      after = list.next();
    } while (after != null);
    var expected = new ArrayList<Expected>();
    expected.add(
        new Expected(
            "pull_requests",
            pulls,
            Math.round(pulls * ROWS_PER_PULL),
            Math.round(pulls * REQUESTS_PER_PULL)
                + (long) repositories.size() * REQUESTS_PER_REPOSITORY));
    expected.add(
        new Expected(
            "issues",
            issues,
            Math.round(issues * ROWS_PER_ISSUE),
            Math.round(issues * REQUESTS_PER_ISSUE)
                + (long) repositories.size() * REQUESTS_FOR_ISSUES));
    expected.addAll(new GitHubDeliveryEstimate(client).of(repositories));
    return expected;
  }
}
