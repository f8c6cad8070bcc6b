package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Commit;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.etl.connectors.records.PullRequestCommit;
import dev.pulse.etl.connectors.records.PullRequestEvent;
import dev.pulse.etl.connectors.records.Review;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns pull requests and what belongs to them into rows. */
final class GitHubPullMapper {

  private GitHubPullMapper() {}

  static void pull(JsonNode raw, Partition repository, Page.Builder page) {
    var id = GitHubJson.requireText(raw, "id");
    var updated = GitHubJson.requireTime(raw, "updatedAt");
    var body = GitHubJson.text(raw, "body");
    page.seen(updated);
    page.add(
        new PullRequest(
            id,
            repository.id(),
            GitHubJson.requireNumber(raw, "number"),
            GitHubJson.requireText(raw, "title"),
            body == null || body.isEmpty() ? null : body,
            GitHubJson.requireText(raw, "state"),
            raw.path("isDraft").asBoolean(false),
            GitHubJson.account(raw.path("author"), page),
            GitHubJson.requireText(raw, "baseRefName"),
            GitHubJson.requireText(raw, "headRefName"),
            GitHubJson.text(raw, "baseRefOid"),
            GitHubJson.text(raw, "headRefOid"),
            GitHubJson.text(raw.path("mergeCommit"), "oid"),
            GitHubJson.number(raw, "additions"),
            GitHubJson.number(raw, "deletions"),
            GitHubJson.number(raw, "changedFiles"),
            GitHubJson.number(raw.path("commits"), "totalCount"),
            GitHubJson.account(raw.path("mergedBy"), page),
            labels(raw.path("labels").path("nodes")),
            GitHubJson.requireTime(raw, "createdAt"),
            updated,
            GitHubJson.time(raw, "closedAt"),
            GitHubJson.time(raw, "mergedAt"),
            GitHubJson.text(raw, "url"),
            extra(raw)));
    children(raw, repository, page);
  }

  /** Lists that are longer than a page embeds are owed from where it ends. */
  static void children(JsonNode raw, Partition repository, Page.Builder page) {
    var id = GitHubJson.requireText(raw, "id");
    var commits = raw.path("commits");
    var reviews = raw.path("reviews");
    var events = raw.path("timelineItems");
    boolean allCommits = commits(commits, id, repository.id(), 0, page);
    boolean allReviews = reviews(reviews, id, page);
    boolean allEvents = events(events, id, page);
    var rest = GitHubPullChildren.rest(raw);
    if (rest != null) {
      page.owe(new OwedWork(GitHubPullChildren.NAME, id, repository, rest, true));
    }
    if (allCommits && ends(commits)) page.complete(PullRequestCommit.class, id);
    if (allReviews && ends(reviews)) page.complete(Review.class, id);
    if (allEvents && ends(events)) page.complete(PullRequestEvent.class, id);
  }

  /** Adds commits, the first being the {@code from}th. False if one had to be set aside. */
  static boolean commits(
      JsonNode list, String pull, String repository, int from, Page.Builder page) {
    boolean all = true;
    int position = from;
    for (var node : list.path("nodes")) {
      int at = position++;
      all &= part(node.path("commit"), page, "oid", raw -> commit(raw, pull, repository, at, page));
    }
    return all;
  }

  /** False if one had to be set aside. */
  static boolean reviews(JsonNode list, String pull, Page.Builder page) {
    return each(list, page, "fullDatabaseId", review -> review(review, pull, page));
  }

  /** False if one had to be set aside. */
  static boolean events(JsonNode list, String pull, Page.Builder page) {
    return each(list, page, "id", event -> event(event, pull, page));
  }

  private static boolean each(
      JsonNode list, Page.Builder page, String id, Consumer<JsonNode> mapping) {
    boolean all = true;
    for (var node : list.path("nodes")) all &= part(node, page, id, mapping);
    return all;
  }

  /**
   * One unreadable part does not cost the pull request, but its list is not complete: a row that an
   * earlier reading stored for it is not gone.
   */
  private static boolean part(
      JsonNode node, Page.Builder page, String id, Consumer<JsonNode> mapping) {
    try {
      mapping.accept(node);
      page.readable(node.path(id).asString("without id"));
      return true;
    } catch (UnreadableRecord e) {
      page.setAside(node.path(id).asString("without id"), e.getMessage(), node);
      return false;
    }
  }

  private static void commit(
      JsonNode raw, String pull, String repository, int position, Page.Builder page) {
    var sha = GitHubJson.requireText(raw, "oid");
    var author = raw.path("author");
    page.add(
        new Commit(
            repository,
            sha,
            GitHubJson.text(raw, "message"),
            GitHubJson.text(author, "name"),
            GitHubJson.text(author, "email"),
            GitHubJson.account(author.path("user"), page),
            GitHubJson.time(raw, "authoredDate"),
            GitHubJson.time(raw, "committedDate")));
    page.add(new PullRequestCommit(pull, sha, position));
  }

  static void review(JsonNode raw, String pull, Page.Builder page) {
    page.add(
        new Review(
            GitHubJson.requireText(raw, "fullDatabaseId"),
            pull,
            GitHubJson.account(raw.path("author"), page),
            GitHubJson.requireText(raw, "state"),
            GitHubJson.text(raw.path("commit"), "oid"),
            GitHubJson.time(raw, "submittedAt"),
            GitHubJson.time(raw, "updatedAt")));
  }

  static void event(JsonNode raw, String pull, Page.Builder page) {
    var kind =
        switch (raw.path("__typename").asString("")) {
          case "ReadyForReviewEvent" -> "READY_FOR_REVIEW";
          case "ConvertToDraftEvent" -> "CONVERTED_TO_DRAFT";
          case "ReviewRequestedEvent" -> "REVIEW_REQUESTED";
          case "ReviewRequestRemovedEvent" -> "REVIEW_REQUEST_REMOVED";
          case "ClosedEvent" -> "CLOSED";
          case "ReopenedEvent" -> "REOPENED";
          case "MergedEvent" -> "MERGED";
          case "HeadRefForcePushedEvent" -> "FORCE_PUSHED";
          default -> null;
        };
    if (kind == null) throw new UnreadableRecord("__typename: not an event that was asked for");
    var reviewer = raw.path("requestedReviewer");
    var subject = GitHubJson.text(reviewer, "login");
    page.add(
        new PullRequestEvent(
            GitHubJson.requireText(raw, "id"),
            pull,
            kind,
            GitHubJson.account(raw.path("actor"), page),
            subject == null ? GitHubJson.text(reviewer, "slug") : subject,
            GitHubJson.requireTime(raw, "createdAt")));
  }

  /** An unreadable time stops nothing: the record is set aside. */
  static boolean updatedBefore(JsonNode pull, Instant floor) {
    try {
      var updated = GitHubJson.time(pull, "updatedAt");
      return updated != null && updated.isBefore(floor);
    } catch (UnreadableRecord e) {
      return false;
    }
  }

  private static boolean ends(JsonNode list) {
    return list.path("nodes").isArray()
        && !list.path("pageInfo").path("hasNextPage").asBoolean(true);
  }

  private static @Nullable String labels(JsonNode nodes) {
    if (!nodes.isArray()) return null;
    var labels = SourceJson.MAPPER.createArrayNode();
    for (var node : nodes) labels.add(node.path("name").asString(""));
    return labels.toString();
  }

  private static String extra(JsonNode raw) {
    var extra = SourceJson.MAPPER.createObjectNode();
    for (var field : new String[] {"totalCommentsCount", "isCrossRepository"}) {
      if (raw.has(field)) extra.set(field, raw.path(field));
    }
    var closes = extra.putArray("closes");
    for (var issue : raw.path("closingIssuesReferences").path("nodes")) {
      closes.add(issue.path("id").asString(""));
    }
    return extra.toString();
  }
}
