package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much an organisation builds and deploys. Runs are counted in some repositories, one request
 * each, and the others taken to be like them; what the token may not see counts nothing.
 */
final class GitHubDeliveryEstimate {

  private static final int SAMPLE = 20;
  private static final int PAGE = 100;

  /** A run with its jobs, and a request for them. */
  private static final double ROWS_PER_RUN = 4;

  private static final double REQUESTS_PER_RUN = 1.15;
  private static final double ROWS_PER_DEPLOYMENT = 4;

  private final GitHubClient client;
  private final String created;

  GitHubDeliveryEstimate(GitHubClient client, @Nullable Instant startFrom) {
    this.client = client;
    this.created =
        startFrom == null
            ? ""
            : "&created=" + URLEncoder.encode(">=" + startFrom, StandardCharsets.UTF_8);
  }

  List<Expected> of(List<ScopeElement> repositories) throws InterruptedException {
    if (repositories.isEmpty()) return List.of();
    long runs = runs(repositories);
    long deployments = deployments(repositories);
    return List.of(
        new Expected(
            GitHubRuns.NAME,
            runs,
            Math.round(runs * ROWS_PER_RUN),
            Math.round(runs * REQUESTS_PER_RUN) + repositories.size()),
        new Expected(
            "deployments",
            deployments,
            Math.round(deployments * ROWS_PER_DEPLOYMENT),
            2 * (deployments / PAGE + repositories.size())));
  }

  private long runs(List<ScopeElement> repositories) throws InterruptedException {
    int step = Math.max(1, repositories.size() / SAMPLE);
    long counted = 0;
    long found = 0;
    for (int i = 0; i < repositories.size(); i += step) {
      counted++;
      try {
        var name = repositories.get(i).name();
        var path = "repos/%s/actions/runs?per_page=1%s".formatted(name, created);
        found += client.get(GitHubRuns.NAME, path).json().path("total_count").asLong(0);
      } catch (AccessDenied e) {
        // read would be nothing of it either
      }
    }
    return found * repositories.size() / counted;
  }

  private long deployments(List<ScopeElement> repositories) throws InterruptedException {
    long found = 0;
    for (var some : pages(repositories)) {
      var ids = some.stream().map(ScopeElement::externalId).toList();
      var reply = client.query(GitHubQuery.DEPLOYMENT_PROBE, Map.of("ids", ids), 1);
      for (var node : reply.json().path("nodes")) {
        found += node.path("deployments").path("totalCount").asLong(0);
      }
    }
    return found;
  }

  private static List<List<ScopeElement>> pages(List<ScopeElement> all) {
    var pages = new ArrayList<List<ScopeElement>>();
    for (int from = 0; from < all.size(); from += PAGE) {
      pages.add(all.subList(from, Math.min(from + PAGE, all.size())));
    }
    return pages;
  }
}
