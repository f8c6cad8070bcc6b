package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.PullRequestCommit;
import dev.pulse.etl.connectors.records.PullRequestEvent;
import dev.pulse.etl.connectors.records.Review;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects the lists of one pull request, answer by answer. Not for use by several threads. */
final class GitHubPullReading {

  private final Owed owed;
  private final Map<String, String> cursors = new HashMap<>();
  private Page.@Nullable Builder page;
  private boolean first = true;
  private boolean allCommits = true;
  private boolean allReviews = true;
  private boolean allEvents = true;
  private int commits;

  GitHubPullReading(Owed owed) {
    this.owed = owed;
  }

  /** What to ask for next: each list from where it ended. */
  Map<String, Object> variables() {
    var variables = new HashMap<String, Object>(cursors);
    variables.put("id", owed.parentId());
    return variables;
  }

  /** False when all lists have ended. */
  boolean goesOn() {
    return !cursors.isEmpty();
  }

  /** Takes an answer in; of lists that had ended before, nothing. */
  void add(GitHubClient.Reply reply) {
    var to = builder(reply.servedAt());
    var pull = reply.json().path("node");
    if (!pull.isObject()) throw new SourceUnavailable("a pull request was not answered", null);
    if (goesOn("commits")) {
      var list = pull.path("commits");
      allCommits &=
          GitHubPullMapper.commits(list, owed.parentId(), owed.partition().id(), commits, to);
      commits += list.path("nodes").size();
      move("commits", list);
    }
    if (goesOn("reviews")) {
      allReviews &= GitHubPullMapper.reviews(pull.path("reviews"), owed.parentId(), to);
      move("reviews", pull.path("reviews"));
    }
    if (goesOn("events")) {
      allEvents &= GitHubPullMapper.events(pull.path("timelineItems"), owed.parentId(), to);
      move("events", pull.path("timelineItems"));
    }
    first = false;
  }

  /** The page, which holds every child unless one had to be set aside. */
  Page page() {
    var whole = builder(Instant.EPOCH);
    if (allCommits) whole.complete(PullRequestCommit.class, owed.parentId());
    if (allReviews) whole.complete(Review.class, owed.parentId());
    if (allEvents) whole.complete(PullRequestEvent.class, owed.parentId());
    return whole.readable(owed.parentId()).last();
  }

  private Page.Builder builder(Instant servedAt) {
    var current = page;
    if (current == null) page = current = Page.servedAt(servedAt);
    return current;
  }

  private boolean goesOn(String list) {
    return first || cursors.containsKey(list);
  }

  private void move(String name, JsonNode list) {
    var info = list.path("pageInfo");
    if (!list.path("nodes").isArray() || !info.path("hasNextPage").isBoolean()) {
      throw new SourceUnavailable("GitHub answered a list without its items or its end", null);
    }
    if (!info.path("hasNextPage").asBoolean()) {
      cursors.remove(name);
      return;
    }
    var cursor = info.path("endCursor").asString("");
    if (cursor.isEmpty() || cursor.equals(cursors.put(name, cursor))) {
      throw new SourceUnavailable("GitHub repeats a place in a list: it would never end", null);
    }
  }
}
