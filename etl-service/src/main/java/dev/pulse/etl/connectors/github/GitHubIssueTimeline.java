package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.ItemRelation;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemChange;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns what happened to one issue into rows, the oldest first: changes of its fields, relations to
 * other issues, and hints at the pull requests and commits that speak of it. Some events take
 * earlier ones back, so that it is known only at the end what stands. Not for use by several
 * threads.
 */
final class GitHubIssueTimeline {

  static final String LIST = "timelineItems";

  private final String issue;
  private final JsonNode repository;
  private final Page.Builder page;
  private final Map<String, SourceRecord> standing = new LinkedHashMap<>();
  private @Nullable String resolution;
  private boolean readable = true;

  /**
   * The timeline of an issue, still empty.
   *
   * @param repository that it is in now, with id and name
   */
  GitHubIssueTimeline(String issue, JsonNode repository, Page.Builder page) {
    this.issue = issue;
    this.repository = repository;
    this.page = page;
  }

  /** Takes a page of events in. One that cannot be read is set aside, with what it is about. */
  void add(JsonNode list) {
    for (var event : list.path("nodes")) {
      var id = event.path("id").asString(issue + " " + LIST);
      try {
        if (event.isNull()) throw new UnreadableRecord("event: withheld, or nothing in its place");
        map(event);
        page.readable(id);
      } catch (UnreadableRecord e) {
        readable = false;
        page.setAside(id, e.getMessage(), aside(event));
      }
    }
  }

  /** All events are in: unless one could not be read, stored rows of others are gone. */
  void end() {
    standing.values().forEach(page::add);
    if (!readable) return;
    page.complete(WorkItemChange.class, issue)
        .complete(ItemRelation.class, issue)
        .complete(LinkHint.class, WorkItem.class, issue)
        .readable(issue + " " + LIST);
  }

  private JsonNode aside(JsonNode event) {
    var kept = SourceJson.MAPPER.createObjectNode().put("issue", issue);
    kept.set("repository", repository);
    kept.set("event", event);
    return kept;
  }

  /** Whether this is an event that was set aside, and not an issue. */
  static boolean isAside(JsonNode raw) {
    return raw.has("event") && raw.path("issue").isString();
  }

  /** Maps an event that was set aside, by itself. */
  static void mapAside(JsonNode raw, Page.Builder page) {
    var timeline =
        new GitHubIssueTimeline(GitHubJson.requireText(raw, "issue"), raw.path("repository"), page);
    timeline.map(raw.path("event"));
    timeline.standing.values().forEach(page::add);
  }

  private void map(JsonNode event) {
    switch (event.path("__typename").asString("")) {
      case "ClosedEvent" -> closed(event);
      case "ReopenedEvent" -> reopened(event);
      case "AssignedEvent" -> assignee(event, true);
      case "UnassignedEvent" -> assignee(event, false);
      case "LabeledEvent" -> label(event, true);
      case "UnlabeledEvent" -> label(event, false);
      case "MilestonedEvent" -> milestone(event, true);
      case "DemilestonedEvent" -> milestone(event, false);
      case "RenamedTitleEvent" -> renamed(event);
      case "ParentIssueAddedEvent" -> parent(event, true);
      case "ParentIssueRemovedEvent" -> parent(event, false);
      case "TransferredEvent" -> transferred(event);
      case "MarkedAsDuplicateEvent" -> duplicate(event, true);
      case "UnmarkedAsDuplicateEvent" -> duplicate(event, false);
      case "CrossReferencedEvent" -> mentioned(event);
      case "ConnectedEvent" -> connected(event, true);
      case "DisconnectedEvent" -> connected(event, false);
      default -> throw new UnreadableRecord("__typename: not an event that was asked for");
    }
  }

  /** A value of a field, before or after. */
  private record Value(@Nullable String id, @Nullable String text) {

    static final Value NONE = new Value(null, null);
    static final Value OPEN = new Value(GitHubIssueMapper.OPEN, "Open");
    static final Value CLOSED = new Value(GitHubIssueMapper.CLOSED, "Closed");
  }

  private void change(JsonNode event, String field, Value from, Value to) {
    change(event, GitHubJson.requireText(event, "id"), field, from, to);
  }

  /** Of two fields that one event changed, each has an id of its own. */
  private void change(JsonNode event, String id, String field, Value from, Value to) {
    var at = at(event);
    page.add(
        new WorkItemChange(
            id,
            GitHubIssueMapper.KIND,
            issue,
            field,
            field,
            from.id,
            from.text,
            to.id,
            to.text,
            GitHubJson.account(event.path("actor"), page),
            at));
  }

  private void closed(JsonNode event) {
    change(event, "status", Value.OPEN, Value.CLOSED);
    var reason = GitHubJson.text(event, "stateReason");
    resolved(event, reason);
    var by = event.path("closer");
    switch (by.path("__typename").asString("")) {
      case "PullRequest" -> page.add(hint(event, "closed_by", by));
      case "Commit" -> page.add(hint(event, "closed_by", "commit", by, "oid"));
      default -> {} // a person, or a project's automation
    }
  }

  private void reopened(JsonNode event) {
    change(event, "status", Value.CLOSED, Value.OPEN);
    resolved(event, null);
  }

  private void resolved(JsonNode event, @Nullable String reason) {
    var before = resolution;
    resolution = reason;
    if (before == null && reason == null) return;
    var id = GitHubJson.requireText(event, "id") + ":resolution";
    change(event, id, "resolution", new Value(before, before), new Value(reason, reason));
  }

  private void assignee(JsonNode event, boolean added) {
    var person = event.path("assignee");
    var value = new Value(GitHubJson.account(person, page), GitHubJson.text(person, "login"));
    change(event, "assignee", added ? Value.NONE : value, added ? value : Value.NONE);
  }

  private void label(JsonNode event, boolean added) {
    var label = event.path("label");
    var value = new Value(GitHubJson.text(label, "id"), GitHubJson.requireText(label, "name"));
    change(event, "labels", added ? Value.NONE : value, added ? value : Value.NONE);
  }

  /** GitHub tells only the title that it had then. */
  private void milestone(JsonNode event, boolean added) {
    var value = new Value(null, GitHubJson.requireText(event, "milestoneTitle"));
    change(event, "milestone", added ? Value.NONE : value, added ? value : Value.NONE);
  }

  private void renamed(JsonNode event) {
    var before = new Value(null, GitHubJson.text(event, "previousTitle"));
    change(event, "title", before, new Value(null, GitHubJson.text(event, "currentTitle")));
  }

  private void parent(JsonNode event, boolean added) {
    var parent = event.path("parent");
    var value = new Value(GitHubJson.text(parent, "id"), key(parent));
    change(event, "parent", added ? Value.NONE : value, added ? value : Value.NONE);
  }

  private void transferred(JsonNode event) {
    change(event, "repository", place(event.path("fromRepository")), place(repository));
  }

  private static Value place(JsonNode repository) {
    return new Value(
        GitHubJson.text(repository, "id"), GitHubJson.text(repository, "nameWithOwner"));
  }

  /** The event stands in the timelines of both issues. */
  private void duplicate(JsonNode event, boolean marked) {
    var canonical = event.path("canonical");
    boolean self = issue.equals(GitHubJson.text(canonical, "id"));
    var other = self ? event.path("duplicate") : canonical;
    var kind = self ? "is duplicated by" : "duplicates";
    if (GitHubJson.text(other, "id") == null) return; // a pull request, or gone
    standing(marked, relation(event, kind, other), kind + other.path("id").asString());
  }

  private void mentioned(JsonNode event) {
    var by = event.path("source");
    if (by.path("__typename").asString("").equals("PullRequest")) {
      boolean closes = event.path("willCloseTarget").asBoolean(false);
      page.add(hint(event, closes ? "closing_reference" : "cross_reference", by));
    } else {
      GitHubJson.requireText(by, "id");
      page.add(relation(event, "is mentioned by", by));
    }
  }

  /** A pull request that somebody linked by hand, on either side. */
  private void connected(JsonNode event, boolean added) {
    for (var side : new String[] {"source", "subject"}) {
      var pull = event.path(side);
      if (!pull.path("__typename").asString("").equals("PullRequest")) continue;
      standing(added, hint(event, "connected", pull), "connected" + pull.path("id").asString(""));
    }
  }

  private void standing(boolean added, SourceRecord row, String key) {
    if (added) standing.put(key, row);
    else standing.remove(key);
  }

  private ItemRelation relation(JsonNode event, String kind, JsonNode other) {
    // one event may stand in the timelines of two issues
    return new ItemRelation(
        GitHubJson.requireText(event, "id") + ":" + issue,
        issue,
        kind,
        GitHubJson.text(other, "id"),
        key(other));
  }

  private LinkHint hint(JsonNode event, String kind, JsonNode pull) {
    return hint(event, kind, "pull_request", pull, "id");
  }

  private LinkHint hint(
      JsonNode event, String kind, String targetKind, JsonNode target, String idField) {
    return new LinkHint(
        GitHubJson.requireText(event, "id"),
        "work_item",
        issue,
        kind,
        targetKind,
        GitHubJson.requireText(target, idField),
        GitHubJson.text(target, "url"),
        null,
        at(event));
  }

  private static Instant at(JsonNode event) {
    return GitHubJson.requireTime(event, "createdAt");
  }

  private static @Nullable String key(JsonNode issue) {
    var name = GitHubJson.text(issue.path("repository"), "nameWithOwner");
    var number = GitHubJson.text(issue, "number");
    return name == null || number == null ? null : name + "#" + number;
  }
}
