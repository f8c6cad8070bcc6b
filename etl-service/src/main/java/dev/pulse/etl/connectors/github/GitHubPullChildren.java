package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rest of a pull request's commits, reviews and events, where a page of pull requests holds
 * only the first. One pull request at a time: few are that long.
 */
final class GitHubPullChildren implements OwedStream {

  static final String NAME = "pull_request_children";
  private static final Map<String, String> LISTS =
      Map.of("commits", "commits", "reviews", "reviews", "timelineItems", "events");

  private final GitHubClient client;

  GitHubPullChildren(GitHubClient client) {
    this.client = client;
  }

  /**
   * What is still to be read of a pull request, as the detail of a debt: the end of each list that
   * goes on, and how many commits were read. Null if none goes on.
   */
  static @Nullable String rest(JsonNode pull) {
    var rest = SourceJson.MAPPER.createObjectNode();
    LISTS.forEach(
        (list, name) -> {
          var info = pull.path(list).path("pageInfo");
          if (info.path("hasNextPage").asBoolean(false)) {
            rest.put(name, info.path("endCursor").asString(""));
          }
        });
    if (rest.isEmpty()) return null;
    rest.put("commitsRead", pull.path("commits").path("nodes").size());
    return rest.toString();
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
    var from = SourceJson.MAPPER.readTree(position == null ? owed.detail() : position.value());
    var variables = new HashMap<String, Object>();
    variables.put("id", owed.parentId());
    for (var name : LISTS.values()) {
      if (from.has(name)) variables.put(name, from.path(name).asString());
    }
    GitHubClient.Reply reply;
    try {
      reply = client.query(GitHubQuery.PULL_CHILDREN, variables, 1);
    } catch (AccessDenied e) {
      return Page.servedAt(Instant.EPOCH).last(); // gone or hidden by now: it owes nothing
    }
    var pull = reply.json().path("node");
    var page = Page.servedAt(reply.servedAt());
    int commits = from.path("commitsRead").asInt(0);
    if (from.has("commits")) {
      GitHubPullMapper.commits(
          pull.path("commits"), owed.parentId(), owed.partition().id(), commits, page);
    }
    if (from.has("reviews")) {
      GitHubPullMapper.each(
          pull.path("reviews"),
          page,
          "fullDatabaseId",
          review -> GitHubPullMapper.review(review, owed.parentId(), page));
    }
    if (from.has("events")) {
      GitHubPullMapper.each(
          pull.path("timelineItems"),
          page,
          "id",
          event -> GitHubPullMapper.event(event, owed.parentId(), page));
    }
    var rest = remaining(from, pull, commits);
    return rest == null ? page.last() : page.next(new Position(rest));
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    GitHubPullMapper.children(raw, partition, page);
  }

  /** Lists that had ended before stay ended. */
  private static @Nullable String remaining(JsonNode from, JsonNode pull, int commits) {
    var rest = SourceJson.MAPPER.createObjectNode();
    LISTS.forEach(
        (list, name) -> {
          var info = pull.path(list).path("pageInfo");
          if (from.has(name) && info.path("hasNextPage").asBoolean(false)) {
            rest.put(name, info.path("endCursor").asString(""));
          }
        });
    if (rest.isEmpty()) return null;
    rest.put("commitsRead", commits + pull.path("commits").path("nodes").size());
    return rest.toString();
  }
}
