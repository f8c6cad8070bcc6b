package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.ScopeElement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large an organisation is, by GitHub's own counts: one query for a hundred repositories. Rows
 * and requests are what pull requests took on average in the measurements of docs/benchmarks.md.
 * From a date on, GitHub counts issues of a repository, and pull requests of all of them together:
 * those in the scope are taken to be like the others. Deployments it cannot count so: they are
 * those of all history.
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
  private final @Nullable Instant startFrom;

  GitHubEstimate(GitHubClient client, String organization, @Nullable Instant startFrom) {
    this.client = client;
    this.organization = organization;
    this.startFrom = startFrom;
  }

  List<Expected> of(Scope scope) throws InterruptedException {
    var repositories = new ArrayList<ScopeElement>();
    long allPulls = 0;
    long inScope = 0;
    long issues = 0;
    String after = null;
    do {
      var variables = new HashMap<String, Object>(Map.of("login", organization, "first", 100));
      if (startFrom != null) variables.put("since", startFrom.toString());
      if (after != null) variables.put("after", after);
      var reply = client.query(GitHubQuery.REPOSITORY_COUNTS, variables, 2);
      var list = GitHubList.of(reply, "organization", "repositories");
      for (var raw : list.nodes()) {
        if (!raw.isObject()) continue;
        var repository = GitHubCatalogue.element(raw, client.host());
        long pulls = raw.path("pullRequests").path("totalCount").asLong(0);
        allPulls += pulls;
        if (!scope.contains(repository)) continue;
        repositories.add(repository);
        inScope += pulls;
        issues += raw.path("issues").path("totalCount").asLong(0);
      }
      after = list.next();
    } while (after != null);
    var expected = new ArrayList<Expected>();
    expected.add(pulls(since(inScope, allPulls), repositories.size()));
    expected.add(issues(issues, repositories.size()));
    expected.addAll(new GitHubDeliveryEstimate(client, startFrom).of(repositories));
    return expected;
  }

  /**
   * How many of some pull requests were changed since the start.
   *
   * @param all so many the organisation has
   */
  private long since(long pulls, long all) throws InterruptedException {
    if (startFrom == null || all == 0) return pulls;
    var found = "org:%s is:pr updated:>=%s".formatted(organization, startFrom);
    var reply = client.query(GitHubQuery.PULL_COUNT, Map.of("found", found), 1);
    long changed = Math.min(all, reply.json().path("search").path("issueCount").asLong(all));
    return Math.round((double) pulls * changed / all);
  }

  private static Expected pulls(long pulls, int repositories) {
    return new Expected(
        "pull_requests",
        pulls,
        Math.round(pulls * ROWS_PER_PULL),
        Math.round(pulls * REQUESTS_PER_PULL) + (long) repositories * REQUESTS_PER_REPOSITORY);
  }

  private static Expected issues(long issues, int repositories) {
    return new Expected(
        "issues",
        issues,
        Math.round(issues * ROWS_PER_ISSUE),
        Math.round(issues * REQUESTS_PER_ISSUE) + (long) repositories * REQUESTS_FOR_ISSUES);
  }
}
