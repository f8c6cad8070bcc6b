package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.Deployment;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which pull requests, issues, or deployments of a repository are still there. GitHub removes pull
 * requests seldom, such as those of spammers; issues are deleted, and transferred to other
 * repositories, where they are others; deployments are deleted by clean-ups. Their count comes with
 * the probe: only a repository that counts another number than is stored is listed.
 */
final class GitHubCensus implements CensusStream {

  private final GitHubClient client;
  private final GitHubProbe probe;
  private final Kind kind;

  /**
   * What is counted.
   *
   * @param name of the stream
   * @param readBy the streams that read them
   * @param again the stream that reads single ones by their ids; null = they are all read again
   *     from time to time anyhow
   * @param list name of the list in a repository
   */
  private record Kind(
      String name,
      Set<String> readBy,
      @Nullable String again,
      Class<? extends SourceRecord> record,
      String list,
      GitHubQuery ids,
      GitHubQuery byId) {}

  private GitHubCensus(GitHubClient client, GitHubProbe probe, Kind kind) {
    this.client = client;
    this.probe = probe;
    this.kind = kind;
  }

  static GitHubCensus ofPulls(GitHubClient client, GitHubProbe probe) {
    return new GitHubCensus(
        client,
        probe,
        new Kind(
            "pull_request_census",
            Set.of(GitHubPulls.NAME),
            GitHubMissed.PULLS,
            PullRequest.class,
            "pullRequests",
            GitHubQuery.PULL_IDS,
            GitHubQuery.PULLS_BY_ID));
  }

  static GitHubCensus ofIssues(GitHubClient client, GitHubProbe probe) {
    return new GitHubCensus(
        client,
        probe,
        new Kind(
            "issue_census",
            Set.of(GitHubIssues.NAME),
            GitHubMissed.ISSUES,
            WorkItem.class,
            "issues",
            GitHubQuery.ISSUE_IDS,
            GitHubQuery.ISSUES_BY_ID));
  }

  /**
   * The census of deployments.
   *
   * @param probe that of deployments, which need a right of their own
   */
  static GitHubCensus ofDeployments(GitHubClient client, GitHubProbe probe) {
    return new GitHubCensus(
        client,
        probe,
        new Kind(
            "deployment_census",
            Set.of(GitHubDeployments.NAME, GitHubOpenDeployments.NAME),
            null,
            Deployment.class,
            "deployments",
            GitHubQuery.DEPLOYMENT_IDS,
            GitHubQuery.DEPLOYMENTS_BY_ID));
  }

  @Override
  public String name() {
    return kind.name;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public Class<? extends SourceRecord> counted() {
    return kind.record;
  }

  @Override
  public Set<String> readBy() {
    return kind.readBy;
  }

  @Override
  public Optional<String> readAgainBy() {
    return Optional.ofNullable(kind.again);
  }

  @Override
  public Map<String, Long> counts(List<ScopeElement> repositories) throws InterruptedException {
    return probe.counts(kind.list, repositories);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    if (kind.record == Deployment.class) GitHubDeployments.require(probe, request.partition());
    var reply = client.query(kind.ids, GitHubList.variables(request), 1);
    if (GitHubProbe.isSwitchedOff(reply.json().path("node"))) {
      return Page.servedAt(reply.servedAt()).present(List.of()).last();
    }
    var list = GitHubList.ofRepository(reply, request.partition(), kind.list);
    return list.end(Page.servedAt(reply.servedAt()).present(ids(list)));
  }

  @Override
  public Map<String, String> shown(List<String> ids) throws InterruptedException {
    return shown(client, kind.byId, ids);
  }

  /** An id that cannot be read must not make a record look gone. */
  static List<String> ids(GitHubList list) {
    var ids = new ArrayList<String>();
    for (var each : list.nodes()) ids.add(each.path("id").asString(""));
    if (ids.contains(""))
      throw new SourceUnavailable("GitHub answered a record without an id", null);
    return ids;
  }

  /**
   * Which of some records GitHub shows. Not shown is only what it says it cannot find, or answers
   * with another: what was transferred may be found under the id that it had, and so is never
   * elsewhere under its own.
   */
  static Map<String, String> shown(GitHubClient client, GitHubQuery byId, List<String> ids)
      throws InterruptedException {
    var reply = client.query(byId, Map.of("ids", ids), 1);
    var absent =
        Withheld.below(List.of("nodes"), reply.withheld()).stream()
            .filter(each -> each.type().equals("NOT_FOUND") && each.path().size() == 1)
            .map(each -> each.path().getFirst())
            .collect(toSet());
    return IntStream.range(0, ids.size())
        .filter(i -> !absent.contains(String.valueOf(i)))
        .filter(i -> isItself(reply.json().path("nodes").path(i), ids.get(i)))
        .mapToObj(ids::get)
        .collect(toMap(id -> id, _ -> "", (a, _) -> a));
  }

  private static boolean isItself(JsonNode answered, String asked) {
    var id = GitHubJson.text(answered, "id");
    return id == null || id.equals(asked);
  }
}
