package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of a list in an answer of GraphQL.
 *
 * @param json the list with its nodes and its {@code pageInfo}; missing if the answer has none
 */
record GitHubList(JsonNode json, List<String> place, List<Withheld> withheld, Instant servedAt) {

  /** The list at a place of an answer, such as node, pullRequests. */
  static GitHubList of(GitHubClient.Reply reply, String... place) {
    var json = reply.json();
    for (var step : place) json = json.path(step);
    return new GitHubList(json, List.of(place), reply.withheld(), reply.servedAt());
  }

  /**
   * The list in the repository that was asked for.
   *
   * @throws AccessDenied if the repository is not there
   */
  static GitHubList ofRepository(GitHubClient.Reply reply, Partition repository, String name) {
    var list = of(reply, "node", name);
    if (list.json.isObject()) return list;
    throw new AccessDenied(
        repository.label() + " is absent or not visible to the token",
        "Give the token access to the repository.");
  }

  /** What a query for a page of a repository's list needs: id, first and after. */
  static Map<String, Object> variables(WalkedStream.Request request) {
    var variables = new HashMap<String, Object>();
    variables.put("id", request.partition().id());
    variables.put("first", request.pageSize());
    var after = after(request);
    if (after != null) variables.put("after", after);
    return variables;
  }

  static @Nullable String after(WalkedStream.Request request) {
    return request.position() == null ? null : request.position().value();
  }

  JsonNode nodes() {
    return json.path("nodes");
  }

  /** How long the whole list is; null if GitHub does not say. */
  @Nullable Long total() {
    var total = json.path("totalCount");
    return total.isIntegralNumber() && total.canConvertToLong() ? total.asLong() : null;
  }

  /**
   * Maps each record of the list. What GitHub withholds of one is set aside with its path, under
   * the record's id, or under its place in the list if nothing of it came.
   */
  void map(RecordStream stream, WalkedStream.Request request, Page.Builder page) {
    for (int i = 0; i < nodes().size(); i++) {
      var node = nodes().path(i);
      var parts = withheldOf(i);
      var id = node.path("id").asString(item(request, i));
      if (!parts.isEmpty()) Withheld.setAside(parts, id, request.partition(), page);
      else if (node.isNull()) page.setAside(id, "GitHub answered nothing in its place", node);
      if (!node.isNull()) page.map(stream, node, request.partition(), id);
    }
  }

  /** The page, followed by the one that the list's {@code pageInfo} names. */
  Page end(Page.Builder page) {
    var next = next();
    return next == null ? page.last() : page.next(new Position(next));
  }

  /**
   * Where the list goes on; null where it ends.
   *
   * @throws SourceUnavailable if it does not say
   */
  @Nullable String next() {
    var info = json.path("pageInfo");
    var more = info.path("hasNextPage");
    var cursor = GitHubJson.text(info, "endCursor");
    boolean items = nodes().isArray() || json.path("edges").isArray();
    if (!items || !more.isBoolean()) {
      throw new SourceUnavailable("GitHub answered a list without its items or its end", null);
    }
    if (!more.asBoolean()) return null;
    if (cursor == null || cursor.isEmpty()) {
      throw new SourceUnavailable("GitHub has more of a list, and does not say where", null);
    }
    return cursor;
  }

  private List<Withheld> withheldOf(int item) {
    var at = new ArrayList<>(place);
    at.add("nodes");
    at.add(String.valueOf(item));
    return Withheld.below(at, withheld);
  }

  private static String item(WalkedStream.Request request, int item) {
    var after = after(request);
    return "%s item %d %s"
        .formatted(
            request.partition().id(), item, after == null ? "from the beginning" : "after " + after)
        .strip();
  }
}
