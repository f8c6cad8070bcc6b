package dev.pulse.local.github;

import dev.pulse.local.world.Person;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.PullRequest.Comment;
import dev.pulse.local.world.PullRequest.Commit;
import dev.pulse.local.world.PullRequest.Event;
import dev.pulse.local.world.PullRequest.Review;
import dev.pulse.local.world.TimelineEvent;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pull request and everything below it, in GraphQL. */
final class PullFields {
  static final String TIMELINE = "PullRequestTimelineItemsConnection";
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private PullFields() {}

  static void wire(RuntimeWiring.Builder wiring) {
    pull(Fields.of(wiring, PullRequest.class, "PullRequest"));
    pullLists(Fields.of(wiring, PullRequest.class, "PullRequest"));
    commit(wiring);
    conversation(wiring);
    events(wiring);
    Fields.of(wiring, String.class, "Label")
        .plain("id", name -> "LA_" + base64(name))
        .plain("name", name -> name);
  }

  private static void pull(Fields<PullRequest> fields) {
    fields
        .plain("id", PullFields::id)
        .plain("fullDatabaseId", PullRequest::databaseId)
        .plain("number", PullRequest::number)
        .plain("title", PullRequest::title)
        .plain("body", PullRequest::body)
        .plain("url", pull -> Urls.pull(pull.repository(), pull.number()))
        .plain("state", PullRequest::state)
        .plain("isDraft", PullRequest::draft)
        .plain("closed", pull -> !pull.state().equals("OPEN"))
        .plain("merged", pull -> pull.state().equals("MERGED"))
        .plain("createdAt", PullRequest::created)
        .plain("updatedAt", PullRequest::updated)
        .plain("closedAt", PullRequest::closed)
        .plain("mergedAt", PullRequest::merged)
        .plain("additions", PullRequest::additions)
        .plain("deletions", PullRequest::deletions)
        .plain("changedFiles", PullRequest::changedFiles)
        .plain("totalCommentsCount", pull -> pull.comments().size())
        .plain("baseRefName", _ -> "main")
        .plain("baseRefOid", PullRequest::baseSha)
        .plain("headRefName", PullRequest::headRef)
        .plain("headRefOid", PullRequest::headSha)
        .plain("isCrossRepository", _ -> false)
        .plain("author", pull -> known(pull.author()))
        .plain("mergedBy", pull -> known(pull.mergedBy()))
        .plain("mergeCommit", PullFields::mergeCommit)
        .plain("repository", PullRequest::repository);
  }

  private static void pullLists(Fields<PullRequest> fields) {
    fields
        .asked("labels", (pull, env) -> Connection.of(pull.labels(), env))
        .asked("assignees", (_, env) -> Connection.of(List.of(), env))
        .asked("commits", (pull, env) -> Connection.of(pull.commits(), env))
        .asked("reviews", (pull, env) -> Connection.of(wanted(pull.reviews(), env), env))
        .asked("reviewThreads", (pull, env) -> Connection.of(onCode(pull), env))
        .asked("comments", (pull, env) -> Connection.of(onTheWhole(pull), env))
        .asked(
            "timelineItems",
            (pull, env) -> new Timeline(pull, Connection.of(happened(pull, env), env)));
  }

  private static void commit(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Commit.class, "PullRequestCommit")
        .plain("id", commit -> "PURC_" + base64(commit.sha()))
        .plain("commit", commit -> commit);
  }

  private static void conversation(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Review.class, "PullRequestReview")
        .plain("id", review -> NodeIds.of("PRR", review.databaseId()))
        .plain("fullDatabaseId", Review::databaseId)
        .plain("state", Review::state)
        .plain("submittedAt", Review::submitted)
        .plain("createdAt", Review::submitted)
        .plain("updatedAt", Review::submitted)
        .plain("body", _ -> "")
        .plain("author", review -> known(review.author()))
        .plain("commit", PullFields::reviewed);
    Fields.of(wiring, Comment.class, "PullRequestReviewThread")
        .plain("id", row -> NodeIds.of("PRRT", row.databaseId()))
        .plain("isResolved", _ -> false)
        .plain("isOutdated", _ -> false)
        .plain("path", Comment::path)
        .asked("comments", (row, env) -> Connection.of(List.of(row), env));
    Fields.of(wiring, Comment.class, "IssueComment")
        .plain("id", row -> NodeIds.of("IC", row.databaseId()));
    Fields.of(wiring, Comment.class, "PullRequestReviewComment")
        .plain("id", row -> NodeIds.of("PRRC", row.databaseId()))
        .plain("pullRequestReview", Comment::review);
    Fields.of(wiring, Comment.class, "IssueComment", "PullRequestReviewComment")
        .plain("fullDatabaseId", Comment::databaseId)
        .plain("createdAt", Comment::created)
        .plain("updatedAt", Comment::updated)
        .plain("body", Comment::body)
        .plain("author", row -> known(row.author()));
  }

  private static void events(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Timeline.class, TIMELINE)
        .plain("nodes", timeline -> timeline.page().nodes())
        .plain("pageInfo", timeline -> timeline.page().pageInfo())
        .plain("totalCount", timeline -> timeline.page().totalCount())
        .plain("filteredCount", timeline -> timeline.page().totalCount())
        .plain("updatedAt", timeline -> timeline.pull().updated());
    Fields.of(
            wiring,
            TimelineEvent.class,
            "ReadyForReviewEvent",
            "ConvertToDraftEvent",
            "ReviewRequestedEvent",
            "ReviewRequestRemovedEvent",
            "ClosedEvent",
            "ReopenedEvent",
            "MergedEvent",
            "HeadRefForcePushedEvent")
        .plain("id", TimelineEvent::id)
        .plain("actor", event -> known(event.actor()))
        .plain("createdAt", TimelineEvent::at);
    Fields.of(wiring, Event.class, "ReviewRequestedEvent", "ReviewRequestRemovedEvent")
        .plain("requestedReviewer", event -> known(event.subject()));
  }

  static String id(PullRequest pull) {
    return NodeIds.of("PR", pull.repository().databaseId(), pull.databaseId());
  }

  /** The timeline's connection also tells when its pull request last moved. */
  private record Timeline(PullRequest pull, Connection<Event> page) {}

  /** Comments on the code; each one is a thread of its own. */
  static List<Comment> onCode(PullRequest pull) {
    return pull.comments().stream().filter(row -> row.path() != null).toList();
  }

  static List<Comment> onTheWhole(PullRequest pull) {
    return pull.comments().stream().filter(row -> row.path() == null).toList();
  }

  private static @Nullable Commit mergeCommit(PullRequest pull) {
    String sha = pull.mergeSha();
    Instant merged = pull.merged();
    Person by = pull.mergedBy();
    return sha == null || merged == null || by == null
        ? null
        : new Commit(sha, by, "Merge pull request #" + pull.number(), merged, List.of());
  }

  private static Commit reviewed(Review review) {
    return new Commit(review.commitSha(), review.author(), "", review.submitted(), List.of());
  }

  private static List<Review> wanted(List<Review> reviews, DataFetchingEnvironment env) {
    List<String> states = env.getArgument("states");
    return states == null
        ? reviews
        : reviews.stream().filter(review -> states.contains(review.state())).toList();
  }

  private static List<Event> happened(PullRequest pull, DataFetchingEnvironment env) {
    List<String> kinds = env.getArgument("itemTypes");
    String since = env.getArgument("since");
    Instant from = since == null ? Instant.MIN : Instant.parse(since);
    return pull.events().stream()
        .filter(event -> kinds == null || kinds.contains(itemType(event.type())))
        .filter(event -> !event.at().isBefore(from))
        .toList();
  }

  /** ReadyForReviewEvent is READY_FOR_REVIEW_EVENT among the item types. */
  static String itemType(String kind) {
    return WORD_START.matcher(kind).replaceAll("_").toUpperCase(Locale.ROOT);
  }

  /** Null for somebody whose account is no more, as for nobody. */
  static @Nullable Person known(@Nullable Person person) {
    return person == null || person.gone() ? null : person;
  }

  static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
