package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkStatus;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns issues into rows. Their project is the repository: GitHub has no other that every issue
 * has.
 */
final class GitHubIssueMapper {

  static final String KIND = "issue";
  static final String OPEN = "OPEN";
  static final String CLOSED = "CLOSED";

  private GitHubIssueMapper() {}

  static void issue(JsonNode raw, Partition partition, Page.Builder page) {
    var id = GitHubJson.requireText(raw, "id");
    var number = GitHubJson.requireNumber(raw, "number");
    var state = GitHubJson.requireText(raw, "state");
    var reason = GitHubJson.text(raw, "stateReason");
    var updated = GitHubJson.requireTime(raw, "updatedAt");
    var body = GitHubJson.text(raw, "body");
    var repository = GitHubJson.text(raw.path("repository"), "id");
    var name = GitHubJson.text(raw.path("repository"), "nameWithOwner");
    var assignees = assignees(raw.path("assignees").path("nodes"), page);
    page.seen(updated);
    page.add(new WorkStatus(OPEN, "Open", "TODO", null));
    page.add(new WorkStatus(CLOSED, "Closed", "DONE", null));
    page.add(
        new WorkItem(
            KIND,
            id,
            (name == null ? partition.label() : name) + "#" + number,
            repository == null ? partition.id() : repository,
            null,
            state,
            GitHubJson.requireText(raw, "title"),
            body == null || body.isEmpty() ? null : body,
            null,
            state.equals(CLOSED) ? reason : null,
            assignees.isEmpty() ? null : assignees.getFirst(),
            GitHubJson.account(raw.path("author"), page),
            GitHubJson.text(raw.path("parent"), "id"),
            GitHubPullMapper.labels(raw.path("labels").path("nodes")),
            null,
            GitHubJson.requireTime(raw, "createdAt"),
            updated,
            GitHubJson.time(raw, "closedAt"),
            null,
            GitHubJson.text(raw, "url"),
            extra(raw, number, assignees),
            null));
    timeline(raw, id, partition, page);
  }

  /** What a comment says of the issue it is on is the number; the other fields have no column. */
  private static String extra(JsonNode raw, long number, List<String> assignees) {
    var extra = SourceJson.MAPPER.createObjectNode();
    extra.put("number", number);
    var reason = GitHubJson.text(raw, "stateReason");
    if (reason != null) extra.put("stateReason", reason);
    var milestone = GitHubJson.text(raw.path("milestone"), "id");
    if (milestone != null) extra.put("milestone", milestone);
    var all = extra.putArray("assignees");
    assignees.forEach(all::add);
    return extra.toString();
  }

  private static List<String> assignees(JsonNode nodes, Page.Builder page) {
    var ids = new ArrayList<String>();
    for (var node : nodes) {
      var id = GitHubJson.account(node, page);
      if (id != null) ids.add(id);
    }
    return ids;
  }

  /** A timeline that is longer than a page embeds is owed, from its beginning. */
  private static void timeline(JsonNode raw, String id, Partition partition, Page.Builder page) {
    var list = raw.path(GitHubIssueTimeline.LIST);
    var more = list.path("pageInfo").path("hasNextPage");
    if (!list.path("nodes").isArray() || !more.isBoolean()) return;
    if (more.asBoolean()) {
      page.owe(new OwedWork(GitHubIssueTimelines.NAME, WorkItem.class, id, partition, "", true));
      return;
    }
    var timeline = new GitHubIssueTimeline(id, raw.path("repository"), page);
    timeline.add(list);
    timeline.end();
  }

  /**
   * The latest time of update on a page. One that cannot be read moves nothing: its record is set
   * aside anyway. Nor does one in the future: no issue would be found after it.
   */
  static @Nullable Instant newest(JsonNode issues, Instant now, Duration tolerance) {
    Instant newest = null;
    for (var issue : issues) {
      var updated = updated(issue);
      if (updated == null || updated.isAfter(now.plus(tolerance))) continue;
      if (newest == null || updated.isAfter(newest)) newest = updated;
    }
    return newest;
  }

  private static @Nullable Instant updated(JsonNode issue) {
    try {
      return GitHubJson.time(issue, "updatedAt");
    } catch (UnreadableRecord e) {
      return null;
    }
  }
}
