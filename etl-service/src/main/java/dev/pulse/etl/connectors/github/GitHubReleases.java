package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The releases of repositories, drafts included if the token may push. A repository's list is read
 * whole when its newest or their number is another than before, and once a day for older ones that
 * were edited: GitHub neither filters nor sorts them by time of update.
 *
 * <p>A list that is not too long is one page, whatever number of requests it takes: what it no
 * longer holds was deleted.
 */
final class GitHubReleases implements WalkedStream {

  private static final Duration AT_LEAST_EVERY = Duration.ofHours(24);

  /** Longer lists are read page by page, and tell nothing of what is gone. */
  private static final int ONE_PAGE = 1_000;

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
    var variables = GitHubList.variables(request);
    var list = ask(request, variables);
    var page = Page.servedAt(list.servedAt());
    page.total(list.total());
    list.map(this, request, page);
    boolean whole = request.position() == null && isShort(list);
    if (!whole) return list.end(page);
    whole = isReadable(list, request.partition());
    for (var next = list.next(); next != null; next = list.next()) {
      if (next.equals(variables.put("after", next))) {
        throw new SourceUnavailable("GitHub repeats a place in a list: it would never end", null);
      }
      list = ask(request, variables);
      list.map(this, request, page);
      whole &= isReadable(list, request.partition());
    }
    // one that is set aside would look as if it had been deleted
    if (whole) page.completeOfRepository(Release.class, request.partition().id());
    return page.last();
  }

  private GitHubList ask(Request request, Map<String, Object> variables)
      throws InterruptedException {
    var reply = client.query(GitHubQuery.RELEASES, variables, 1);
    return GitHubList.ofRepository(reply, request.partition(), "releases");
  }

  private static boolean isShort(GitHubList list) {
    var total = list.total();
    return total != null && total <= ONE_PAGE;
  }

  private boolean isReadable(GitHubList list, Partition repository) {
    if (!list.withheld().isEmpty()) return false;
    try {
      for (var raw : list.nodes()) map(raw, repository, Page.servedAt(Instant.EPOCH));
      return true;
    } catch (UnreadableRecord e) {
      return false;
    }
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
