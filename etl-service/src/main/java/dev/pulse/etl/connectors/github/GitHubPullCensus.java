package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.toSet;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.etl.connectors.records.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which pull requests of a repository are still there. GitHub removes them seldom, such as those of
 * spammers, and its count comes with the probe: only a repository that counts another number than
 * is stored is listed.
 */
final class GitHubPullCensus implements CensusStream {

  private final GitHubClient client;
  private final GitHubProbe probe;

  GitHubPullCensus(GitHubClient client, GitHubProbe probe) {
    this.client = client;
    this.probe = probe;
  }

  @Override
  public String name() {
    return "pull_request_census";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public Class<? extends SourceRecord> counted() {
    return PullRequest.class;
  }

  @Override
  public Map<String, Long> counts(List<ScopeElement> repositories) throws InterruptedException {
    return probe.pullRequests(repositories);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var reply = client.query(GitHubQuery.PULL_IDS, GitHubList.variables(request), 1);
    var list = GitHubList.ofRepository(reply, request.partition(), "pullRequests");
    var ids = new ArrayList<String>();
    for (var pull : list.nodes()) ids.add(pull.path("id").asString(""));
    if (ids.contains("")) {
      // an id that cannot be read must not make a pull request look gone
      throw new SourceUnavailable("GitHub answered a pull request without an id", null);
    }
    return list.end(Page.servedAt(reply.servedAt()).present(ids));
  }

  /** Only what GitHub says it cannot find counts as not shown. */
  @Override
  public Set<String> shown(List<String> ids) throws InterruptedException {
    var reply = client.query(GitHubQuery.PULLS_BY_ID, Map.of("ids", ids), 1);
    var absent =
        Withheld.below(List.of("nodes"), reply.withheld()).stream()
            .filter(each -> each.type().equals("NOT_FOUND") && each.path().size() == 1)
            .map(each -> each.path().getFirst())
            .collect(toSet());
    return IntStream.range(0, ids.size())
        .filter(i -> !absent.contains(String.valueOf(i)))
        .mapToObj(ids::get)
        .collect(toSet());
  }
}
