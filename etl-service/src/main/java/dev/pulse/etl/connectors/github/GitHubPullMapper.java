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
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns pull requests and what belongs to them into rows. */
final class GitHubPullMapper {

  static final String COMMITS = "commits";
  static final String REVIEWS = "reviews";
  static final String EVENTS = "timelineItems";

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
    var commits = raw.path(COMMITS);
    var reviews = raw.path(REVIEWS);
    var events = raw.path(EVENTS);
    boolean allCommits = commits(commits, id, repository.id(), 0, page);
    boolean allReviews = reviews(reviews, id, page);
    boolean allEvents = events(events, id, page);
    GitHubPullChildren.rest(raw)
        .map(
            rest ->
                new OwedWork(
                    GitHubPullChildren.NAME, PullRequest.class, id, repository, rest, true))
        .ifPresent(page::owe);
    if (allCommits && ends(commits)) complete(PullRequestCommit.class, COMMITS, id, page);
    if (allReviews && ends(reviews)) complete(Review.class, REVIEWS, id, page);
    if (allEvents && ends(events)) complete(PullRequestEvent.class, EVENTS, id, page);
  }

  /** A list that is whole and readable: stored rows that it does not hold are gone. */
  static void complete(
      Class<? extends SourceRecord> type, String list, String pull, Page.Builder page) {
    page.complete(type, pull).readable(place(list, pull));
  }

  /** Adds commits, the first being the {@code from}th. False if one had to be set aside. */
  static boolean commits(
      JsonNode list, String pull, String repository, int from, Page.Builder page) {
    boolean all = true;
    int position = from;
    for (var node : list.path("nodes")) {
      int at = position++;
      all &=
          part(
              node.path("commit"),
              page,
              "oid",
              place(COMMITS, pull),
              raw -> commit(raw, pull, repository, at, page));
    }
    return all;
  }

  /** False if one had to be set aside. */
  static boolean reviews(JsonNode list, String pull, Page.Builder page) {
    boolean all = true;
    for (var node : list.path("nodes")) {
      all &=
          part(
              node,
              page,
              "fullDatabaseId",
              place(REVIEWS, pull),
              review -> review(review, pull, page));
    }
    return all;
  }

  /** False if one had to be set aside. */
  static boolean events(JsonNode list, String pull, Page.Builder page) {
    boolean all = true;
    for (var node : list.path("nodes")) {
      all &= part(node, page, "id", place(EVENTS, pull), event -> event(event, pull, page));
    }
    return all;
  }

  /**
   * One unreadable part does not cost the pull request, but its list is not complete: a row that an
   * earlier reading stored for it is not gone.
   *
   * @param place what it is set aside under if it has no id
   */
  private static boolean part(
      JsonNode node, Page.Builder page, String id, String place, Consumer<JsonNode> mapping) {
    try {
      mapping.accept(node);
      page.readable(node.path(id).asString(place));
      return true;
    } catch (UnreadableRecord e) {
      page.setAside(node.path(id).asString(place), e.getMessage(), node);
      return false;
    }
  }

  private static String place(String list, String pull) {
    return pull + " " + list;
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

  static @Nullable String labels(JsonNode nodes) {
    if (!nodes.isArray()) return null;
    var labels = SourceJson.MAPPER.createArrayNode();
    for (var node : nodes) {
      var name = GitHubJson.text(node, "name");
      if (name != null) labels.add(name);
    }
    return labels.toString();
  }

  private static String extra(JsonNode raw) {
    var extra = SourceJson.MAPPER.createObjectNode();
    var comments = GitHubJson.number(raw, "totalCommentsCount");
    if (comments != null) extra.put("totalCommentsCount", comments);
    var foreign = raw.path("isCrossRepository");
    if (foreign.isBoolean()) extra.put("isCrossRepository", foreign.booleanValue());
    var closes = extra.putArray("closes");
    for (var issue : raw.path("closingIssuesReferences").path("nodes")) {
      var id = GitHubJson.text(issue, "id");
      if (id != null) closes.add(id);
    }
    return extra.toString();
  }
}
