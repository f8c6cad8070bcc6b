package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Release;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the issues of a repository are planned for. A repository's list is read whole, as one page,
 * when its newest or their number is another than before, and once a day; one that is missing from
 * it was deleted.
 */
final class GitHubMilestones implements WalkedStream {

  private static final Duration AT_LEAST_EVERY = Duration.ofHours(24);

  private final GitHubClient client;
  private final GitHubProbe probe;

  GitHubMilestones(GitHubClient client, GitHubProbe probe) {
    this.client = client;
    this.probe = probe;
  }

  @Override
  public String name() {
    return "milestones";
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(100);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return probe.plan(planning, AT_LEAST_EVERY, GitHubProbe.MILESTONES);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    return new Reading(request.partition()).page(request.pageSize());
  }

  /** Collects the milestones of one repository, answer by answer. */
  private final class Reading {

    private final Partition repository;
    private Page.@Nullable Builder page;
    private boolean whole = true;

    Reading(Partition repository) {
      this.repository = repository;
    }

    Page page(int size) throws InterruptedException {
      GitHubWholeList.read(size, this::read);
      if (page == null) throw new IllegalStateException("nothing was read");
      if (whole) page.complete(Release.class, repository.id());
      return page.last();
    }

    private GitHubList read(int size, @Nullable String after) throws InterruptedException {
      var variables = new HashMap<String, Object>(Map.of("id", repository.id(), "first", size));
      if (after != null) variables.put("after", after);
      var reply = client.query(GitHubQuery.MILESTONES, variables, 1);
      var list = GitHubList.ofRepository(reply, repository, "milestones");
      list.next(); // nothing of a list is taken in that does not say where it ends
      if (page == null) page = Page.servedAt(reply.servedAt());
      for (var raw : list.nodes()) add(raw, page);
      return list;
    }

    private void add(JsonNode raw, Page.Builder to) {
      var id = raw.path("id").asString(repository.id() + " milestone");
      try {
        map(raw, repository, to);
        to.readable(id);
      } catch (UnreadableRecord e) {
        whole = false;
        to.setAside(id, e.getMessage(), raw);
      }
    }
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    var description = GitHubJson.text(raw, "description");
    var due = GitHubJson.time(raw, "dueOn");
    GitHubJson.account(raw.path("creator"), page);
    page.add(
        new Release(
            GitHubJson.requireText(raw, "id"),
            "milestone",
            repository.id(),
            null,
            GitHubJson.requireText(raw, "title"),
            null,
            null,
            description == null || description.isEmpty() ? null : description,
            GitHubJson.requireText(raw, "state").equals("CLOSED") ? "RELEASED" : "PLANNED",
            GitHubJson.requireTime(raw, "createdAt"),
            null,
            due == null ? null : due.atOffset(ZoneOffset.UTC).toLocalDate().toString(),
            GitHubJson.time(raw, "closedAt"),
            GitHubJson.requireTime(raw, "updatedAt"),
            GitHubJson.text(raw, "url"),
            SourceJson.MAPPER
                .createObjectNode()
                .put("number", GitHubJson.requireNumber(raw, "number"))
                .toString()));
  }
}
