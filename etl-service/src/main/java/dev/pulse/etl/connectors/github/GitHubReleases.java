package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Release;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The releases of repositories, drafts included if the token may push. A repository's list is read
 * whole when its newest or their number is another than before, and once a day for older ones that
 * were edited: GitHub neither filters nor sorts them by time of update.
 */
final class GitHubReleases implements WalkedStream {

  private static final Duration AT_LEAST_EVERY = Duration.ofHours(24);

  private final GitHubClient client;
  private final GitHubProbe probe;

  GitHubReleases(GitHubClient client, GitHubProbe probe) {
    this.client = client;
    this.probe = probe;
  }

  @Override
  public String name() {
    return "releases";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return probe.plan(planning, AT_LEAST_EVERY, GitHubProbe.RELEASES);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var reply = client.query(GitHubQuery.RELEASES, GitHubList.variables(request), 1);
    var list = GitHubList.ofRepository(reply, request.partition(), "releases");
    var page = Page.servedAt(reply.servedAt());
    page.total(list.total());
    list.map(this, request, page);
    return list.end(page);
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    var tag = GitHubJson.requireText(raw, "tagName");
    var name = GitHubJson.text(raw, "name");
    GitHubJson.account(raw.path("author"), page);
    page.add(
        new Release(
            GitHubJson.requireText(raw, "id"),
            "release",
            null,
            repository.id(),
            name == null || name.isBlank() ? tag : name,
            tag,
            GitHubJson.text(raw.path("tagCommit"), "oid"),
            GitHubJson.text(raw, "description"),
            state(raw),
            GitHubJson.requireTime(raw, "createdAt"),
            null,
            null,
            GitHubJson.time(raw, "publishedAt"),
            GitHubJson.requireTime(raw, "updatedAt"),
            GitHubJson.text(raw, "url"),
            null));
  }

  private static String state(JsonNode raw) {
    if (raw.path("isDraft").asBoolean(false)) return "DRAFT";
    return raw.path("isPrerelease").asBoolean(false) ? "PRERELEASE" : "RELEASED";
  }
}
