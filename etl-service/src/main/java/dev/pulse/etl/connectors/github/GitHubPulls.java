package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Pull requests with their commits, reviews and events.
 *
 * <p>The first walk of a repository goes in the order of creation, which never changes. Later ones
 * go from the newest update down to the floor: what is updated meanwhile moves to the front, behind
 * the walk, and is newer than the walk's start, so the next walk finds it.
 */
final class GitHubPulls implements WalkedStream {

  static final String NAME = "pull_requests";
  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final int CONNECTIONS = 5;

  private final GitHubClient client;
  private final GitHubProbe probe;

  GitHubPulls(GitHubClient client, GitHubProbe probe) {
    this.client = client;
    this.probe = probe;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, 50, 100);
  }

  @Override
  public Duration overlap() {
    return OVERLAP;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return probe.plan(planning, null, GitHubProbe.CONVERSATIONS);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var floor = request.floor();
    var variables = GitHubList.variables(request);
    variables.put(
        "orderBy",
        floor == null
            ? Map.of("field", "CREATED_AT", "direction", "ASC")
            : Map.of("field", "UPDATED_AT", "direction", "DESC"));
    var reply = client.query(GitHubQuery.PULLS, variables, cost(request.pageSize()));
    var list = GitHubList.ofRepository(reply, request.partition(), "pullRequests");
    var page = Page.servedAt(reply.servedAt());
    if (floor == null) page.total(list.total());
    list.map(this, request, page);
    return floor != null && reaches(floor, list) ? page.last() : list.end(page);
  }

  /** Whether a page of a walk from the newest update downwards went below the floor. */
  private static boolean reaches(Instant floor, GitHubList list) {
    return list.nodes().valueStream().anyMatch(pull -> GitHubPullMapper.updatedBefore(pull, floor));
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    GitHubPullMapper.pull(raw, partition, page);
  }

  /** Points: one connection, and five more per pull request, by hundreds. */
  static long cost(int pulls) {
    return Math.max(1, Math.round((1 + (double) CONNECTIONS * pulls) / 100));
  }
}
