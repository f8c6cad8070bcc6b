package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happened to issues, where a page of issues does not hold all of it. One issue at a time and
 * as one page: few are that long, and what was taken back is only known from the whole.
 */
final class GitHubIssueTimelines implements OwedStream {

  static final String NAME = "issue_timelines";
  private static final int AT_ONCE = 100;

  private final GitHubIssueQueries queries;

  GitHubIssueTimelines(GitHubIssueQueries queries) {
    this.queries = queries;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1);
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var owed = batch.getFirst();
    try {
      return new Reading(owed.parentId()).page();
    } catch (AccessDenied e) {
      // hidden by now: it must not hold up the others, nor be forgotten, so it is owed anew
      return Page.servedAt(Instant.EPOCH)
          .setAside(
              owed.parentId(),
              e.getMessage(),
              SourceJson.MAPPER.createObjectNode().put("issue", owed.parentId()))
          .owe(new OwedWork(NAME, WorkItem.class, owed.parentId(), owed.partition(), "", false))
          .last();
    }
  }

  /** Collects the timeline of one issue, answer by answer. */
  private final class Reading {

    private final String issue;
    private Page.@Nullable Builder page;
    private @Nullable GitHubIssueTimeline timeline;

    Reading(String issue) {
      this.issue = issue;
    }

    Page page() throws InterruptedException {
      GitHubWholeList.read(AT_ONCE, this::read);
      if (page == null || timeline == null) throw new IllegalStateException("nothing was read");
      timeline.end();
      return page.readable(issue).last();
    }

    private GitHubList read(int size, @Nullable String after) throws InterruptedException {
      var variables = new HashMap<String, Object>(Map.of("id", issue, "first", size));
      if (after != null) variables.put("after", after);
      var reply = queries.timeline(variables);
      var node = reply.json().path("node");
      if (!node.isObject()) throw new SourceUnavailable("an issue was not answered", null);
      if (page == null || timeline == null) {
        page = Page.servedAt(reply.servedAt());
        timeline = new GitHubIssueTimeline(issue, node.path("repository"), page);
      }
      var list = GitHubList.of(reply, "node", GitHubIssueTimeline.LIST);
      list.next(); // nothing of a list is taken in that does not say where it ends
      timeline.add(list.json());
      return list;
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    if (GitHubIssueTimeline.isAside(raw)) GitHubIssueTimeline.mapAside(raw, page);
  }
}
