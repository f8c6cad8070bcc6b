package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.WalkedStream.Request;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The list of boards, page by page, with the sprints of each page's boards after it. A board
 * without sprints is normal: kanban boards are not asked, and others may answer that they do not
 * support them.
 */
final class JiraBoardWalk {

  static final String ROOT = "/rest/agile/1.0/";
  private static final Logger log = LoggerFactory.getLogger(JiraBoardWalk.class);
  private static final String BOARDS = ROOT + "board";

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
   */
  record At(int boards, boolean ended, List<String> pending, int sprints) {

    At {
      pending = List.copyOf(pending);
    }
  }

  /**
   * Boards, or sprints of one board.
   *
   * @param board the board whose sprints these are; null = these are boards
   * @param next null = the end
   */
  record Read(
      List<JsonNode> entries,
      int first,
      @Nullable String board,
      Instant servedAt,
      @Nullable Position next) {

    Read {
      entries = List.copyOf(entries);
    }
  }

  Read read(Request request) throws InterruptedException {
    var position = request.position();
    var at =
        position == null
            ? new At(0, false, List.of(), 0)
            : SourceJson.MAPPER.readValue(position.value(), At.class);
    try {
      return at.pending.isEmpty() ? boards(request, at) : sprints(request, at);
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
    var next = new At(count, last(reply, boards.isEmpty(), count), pending, 0);
    return new Read(boards, at.boards, null, reply.servedAt(), position(next));
  }

  private Read sprints(Request request, At at) throws InterruptedException {
    var board = at.pending.getFirst();
    var path = BOARDS + "/" + JiraClient.encode(board) + "/sprint";
    var reply = client.getOrNothing(path, from(request, at.sprints));
    var rest = new At(at.boards, at.ended, at.pending.subList(1, at.pending.size()), 0);
    if (reply.json().isEmpty()) {
      return new Read(List.of(), 0, board, reply.servedAt(), position(rest));
    }
    var sprints = reply.list("values").valueStream().toList();
    int count = at.sprints + sprints.size();
    var next =
        last(reply, sprints.isEmpty(), count)
            ? rest
            : new At(at.boards, at.ended, at.pending, count);
    return new Read(sprints, at.sprints, board, reply.servedAt(), position(next));
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

  private static @Nullable Position position(At at) {
    return at.ended && at.pending.isEmpty()
        ? null
        : new Position(SourceJson.MAPPER.writeValueAsString(at));
  }

  private static Map<String, Object> from(Request request, int from) {
    return Map.of("startAt", from, "maxResults", request.pageSize());
  }
}
