package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.WalkedStream.Request;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The list of boards, page by page, with the sprints of each page's boards after it, and at the end
 * sprints that were expected and did not come. A board without sprints is normal: kanban boards are
 * not asked, and others may answer that they do not support them.
 */
final class JiraBoardWalk {

  static final String ROOT = "/rest/agile/1.0/";
  private static final Logger log = LoggerFactory.getLogger(JiraBoardWalk.class);
  private static final String BOARDS = ROOT + "board";
  private static final String CLOSED = "closed";

  private final JiraClient client;
  private final boolean withSprints;

  JiraBoardWalk(JiraClient client, boolean withSprints) {
    this.client = client;
    this.withSprints = withSprints;
  }

  /**
   * Where the walk stands.
   *
   * @param boards so many were listed
   * @param ended whether these are all
   * @param pending boards whose sprints are to be read
   * @param sprints so many of the first of them were read
   * @param closed whether sprints that are closed are read too
   * @param open sprints met that are not closed
   * @param expected sprints that were open before and were not met: they are asked for at the end
   */
  record At(
      int boards,
      boolean ended,
      List<String> pending,
      int sprints,
      boolean closed,
      Set<String> open,
      Set<String> expected) {

    At {
      pending = List.copyOf(pending);
      open = Set.copyOf(open);
      expected = Set.copyOf(expected);
    }

    static At of(Position position) {
      try {
        return SourceJson.MAPPER.readValue(position.value(), At.class);
      } catch (JacksonException e) {
        throw new PositionExpired("a position that cannot be read", null);
      }
    }

    /** Of all boards with all their sprints. */
    static At whole() {
      return new At(0, false, List.of(), 0, true, Set.of(), Set.of());
    }

    /** Without closed sprints, but for those that were open before. */
    static At ofOpen(Set<String> before) {
      return new At(0, false, List.of(), 0, false, Set.of(), before);
    }

    private At listed(int count, boolean last, List<String> of) {
      return new At(count, last, of, 0, closed, open, expected);
    }

    private At nextBoard() {
      return new At(boards, ended, pending.subList(1, pending.size()), 0, closed, open, expected);
    }

    private At read(int count) {
      return new At(boards, ended, pending, count, closed, open, expected);
    }

    private At met(List<JsonNode> entries) {
      var stillOpen = new HashSet<>(open);
      var missed = new HashSet<>(expected);
      for (var each : entries) {
        var id = each.path("id").asString("");
        missed.remove(id);
        if (!each.path("state").asString(CLOSED).equals(CLOSED)) stillOpen.add(id);
      }
      return new At(boards, ended, pending, sprints, closed, stillOpen, missed);
    }

    private At asked(String sprint) {
      var missed = new HashSet<>(expected);
      missed.remove(sprint);
      return new At(boards, ended, pending, sprints, closed, open, missed);
    }
  }

  /**
   * Boards, or sprints of one board.
   *
   * @param board the board whose sprints these are, or "any"; null = these are boards
   * @param next null = the end
   * @param open sprints met by now that are not closed
   */
  record Read(
      List<JsonNode> entries,
      int first,
      @Nullable String board,
      Instant servedAt,
      @Nullable Position next,
      Set<String> open) {

    Read {
      entries = List.copyOf(entries);
      open = Set.copyOf(open);
    }
  }

  /**
   * Reads on.
   *
   * @param begin where a walk begins
   */
  Read read(Request request, At begin) throws InterruptedException {
    var position = request.position();
    var at = position == null ? begin : At.of(position);
    try {
      if (!at.pending.isEmpty()) return sprints(request, at);
      return at.ended ? expected(at) : boards(request, at);
    } catch (CredentialsRejected e) {
      log.debug("Boards are not shown: {}", e.getMessage());
      throw new AccessDenied(
          "boards are not shown with this token: " + e.getMessage(),
          "Give the token the scopes for boards and sprints.");
    }
  }

  private Read boards(Request request, At at) throws InterruptedException {
    var reply = client.get(BOARDS, from(request, at.boards));
    var boards = reply.list("values").valueStream().toList();
    var pending = new ArrayList<String>();
    for (var board : boards) {
      var id = board.path("id").asString("");
      boolean may = withSprints && !board.path("type").asString("").equals("kanban");
      if (!id.isEmpty() && may) pending.add(id);
    }
    int count = at.boards + boards.size();
    var next = at.listed(count, last(reply, boards.isEmpty(), count), pending);
    return read(boards, at.boards, null, reply.servedAt(), next);
  }

  private Read sprints(Request request, At at) throws InterruptedException {
    var board = at.pending.getFirst();
    var path = BOARDS + "/" + JiraClient.encode(board) + "/sprint";
    var query = new HashMap<>(from(request, at.sprints));
    if (!at.closed) query.put("state", "active,future");
    var reply = client.getOrNothing(path, query);
    if (reply.json().isEmpty()) {
      return read(List.of(), 0, board, reply.servedAt(), at.nextBoard());
    }
    var sprints = reply.list("values").valueStream().toList();
    int count = at.sprints + sprints.size();
    var met = at.met(sprints);
    var next = last(reply, sprints.isEmpty(), count) ? met.nextBoard() : met.read(count);
    return read(sprints, at.sprints, board, reply.servedAt(), next);
  }

  /** A sprint that was open before: closed by now, most likely. */
  private Read expected(At at) throws InterruptedException {
    var sprint = at.expected.iterator().next();
    var found = find(sprint);
    var entries = found.map(reply -> List.of(reply.json())).orElse(List.of());
    var servedAt = found.map(JiraClient.Reply::servedAt).orElse(Instant.EPOCH);
    return read(entries, 0, "any", servedAt, at.asked(sprint).met(entries));
  }

  /** Empty if it is gone, or hidden by now: the census tells. */
  private Optional<JiraClient.Reply> find(String sprint) throws InterruptedException {
    try {
      return client.find(ROOT + "sprint/" + JiraClient.encode(sprint), Map.of());
    } catch (AccessDenied e) {
      log.debug("Not shown: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Read read(
      List<JsonNode> entries, int first, @Nullable String board, Instant servedAt, At next) {
    boolean end = next.ended && next.pending.isEmpty() && next.expected.isEmpty();
    var position = end ? null : new Position(SourceJson.MAPPER.writeValueAsString(next));
    return new Read(entries, first, board, servedAt, position, next.open);
  }

  /** A list that ends before the total it tells is no whole list. */
  private static boolean last(JiraClient.Reply reply, boolean empty, int count) {
    boolean last = empty || reply.json().path("isLast").asBoolean(false);
    if (last && count < reply.json().path("total").asInt(0)) {
      throw new SourceUnavailable(
          "Jira ends a list of %s after %d entries"
              .formatted(reply.json().path("total").asString(""), count),
          null);
    }
    return last;
  }

  private static Map<String, Object> from(Request request, int from) {
    return Map.of("startAt", from, "maxResults", request.pageSize());
  }
}
