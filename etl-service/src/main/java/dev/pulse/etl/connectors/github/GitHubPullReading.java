package dev.pulse.etl.connectors.github;

import static dev.pulse.etl.connectors.github.GitHubPullMapper.COMMITS;
import static dev.pulse.etl.connectors.github.GitHubPullMapper.EVENTS;
import static dev.pulse.etl.connectors.github.GitHubPullMapper.REVIEWS;

import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.PullRequestCommit;
import dev.pulse.etl.connectors.records.PullRequestEvent;
import dev.pulse.etl.connectors.records.Review;
import dev.pulse.etl.connectors.records.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects the lists of one pull request, answer by answer. Not for use by several threads. */
final class GitHubPullReading {

  static final List<String> LISTS = List.of(COMMITS, REVIEWS, EVENTS);

  private final Owed owed;
  private final Map<String, String> cursors = new HashMap<>();
  private final Set<String> open = new HashSet<>(LISTS);
  private final Set<String> holed = new HashSet<>();
  private final List<Withheld> withheld = new ArrayList<>();
  private Page.@Nullable Builder page;
  private int commits;

  GitHubPullReading(Owed owed) {
    this.owed = owed;
  }

  /** What to ask for next: each list from where it ended. */
  Map<String, Object> variables(int size) {
    var variables = new HashMap<String, Object>(cursors);
    variables.put("id", owed.parentId());
    variables.put("first", size);
    return variables;
  }

  /** False when all lists have ended. */
  boolean goesOn() {
    return !open.isEmpty();
  }

  /** Takes an answer in; of lists that had ended before, nothing. */
  void add(GitHubClient.Reply reply) {
    var to = builder(reply.servedAt());
    var pull = reply.json().path("node");
    if (!pull.isObject()) throw new SourceUnavailable("a pull request was not answered", null);
    for (var name : LISTS) {
      if (!open.contains(name)) continue;
      var list = pull.path(name);
      var parts = withheldOf(name, reply);
      withheld.addAll(parts);
      if (!map(name, list, to) || !parts.isEmpty()) holed.add(name);
      if (list.path("nodes").isArray() || parts.isEmpty()) move(name, list);
      else open.remove(name);
    }
  }

  /** The page, which holds every child unless one had to be set aside. */
  Page page() {
    var whole = builder(Instant.EPOCH);
    var pull = owed.parentId();
    complete(PullRequestCommit.class, COMMITS, whole);
    complete(Review.class, REVIEWS, whole);
    complete(PullRequestEvent.class, EVENTS, whole);
    if (withheld.isEmpty()) whole.readable(pull);
    else Withheld.setAside(withheld, pull, owed.partition(), whole);
    return whole.last();
  }

  private void complete(Class<? extends SourceRecord> type, String list, Page.Builder whole) {
    if (!holed.contains(list)) GitHubPullMapper.complete(type, list, owed.parentId(), whole);
  }

  private Page.Builder builder(Instant servedAt) {
    var current = page;
    if (current == null) page = current = Page.servedAt(servedAt);
    return current;
  }

  private static List<Withheld> withheldOf(String list, GitHubClient.Reply reply) {
    return Withheld.below(List.of("node"), reply.withheld()).stream()
        .filter(part -> !part.path().isEmpty() && part.path().getFirst().equals(list))
        .toList();
  }

  /** False if a child had to be set aside. */
  private boolean map(String name, JsonNode list, Page.Builder to) {
    var pull = owed.parentId();
    return switch (name) {
      case COMMITS -> {
        int from = commits;
        commits += list.path("nodes").size();
        yield GitHubPullMapper.commits(list, pull, owed.partition().id(), from, to);
      }
      case REVIEWS -> GitHubPullMapper.reviews(list, pull, to);
      case EVENTS -> GitHubPullMapper.events(list, pull, to);
      default -> throw new IllegalStateException("no list " + name);
    };
  }

  /** A list that has ended keeps its last cursor: further answers hold nothing of it. */
  private void move(String name, JsonNode list) {
    var info = list.path("pageInfo");
    if (!list.path("nodes").isArray() || !info.path("hasNextPage").isBoolean()) {
      throw new SourceUnavailable("GitHub answered a list without its items or its end", null);
    }
    var cursor = info.path("endCursor").asString("");
    var before = cursor.isEmpty() ? null : cursors.put(name, cursor);
    if (!info.path("hasNextPage").asBoolean()) {
      open.remove(name);
    } else if (cursor.isEmpty() || cursor.equals(before)) {
      throw new SourceUnavailable("GitHub repeats a place in a list: it would never end", null);
    }
  }
}
