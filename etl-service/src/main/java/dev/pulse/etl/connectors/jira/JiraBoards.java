package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Board;
import dev.pulse.etl.connectors.records.Sprint;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Boards, and the sprints that they show, at most once an hour. A board without sprints is normal:
 * kanban boards are not asked, and others may answer that they do not support them.
 */
final class JiraBoards implements WalkedStream {

  private static final Logger log = LoggerFactory.getLogger(JiraBoards.class);

  private static final Duration EVERY = Duration.ofHours(1);
  private static final String PATH = "/rest/agile/1.0/board";

  private final JiraClient client;

  JiraBoards(JiraClient client) {
    this.client = client;
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

  @Override
  public String name() {
    return "boards";
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(50);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var reached = planning.reached(Partition.WHOLE.id());
    boolean rested =
        !reached.open()
            && reached.completedAt() != null
            && !reached.completedAt().isBefore(planning.now().minus(EVERY));
    return rested ? List.of() : List.of(new PlannedWalk(Partition.WHOLE, null));
  }

  @Override
  public Page read(Request request) throws InterruptedException {
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

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var id = JiraJson.requireText(raw, "id");
    var name = JiraJson.requireText(raw, "name");
    if (raw.path("state").isMissingNode()) {
      page.add(
          new Board(
              id,
              name,
              JiraJson.text(raw, "type"),
              JiraJson.text(raw, "location", "projectId"),
              client.browse("secure/RapidBoard.jspa?rapidView=" + JiraClient.encode(id))));
      return;
    }
    page.add(
        new Sprint(
            id,
            JiraJson.text(raw, "originBoardId"),
            name,
            JiraJson.text(raw, "goal"),
            JiraJson.requireText(raw, "state").toUpperCase(Locale.ROOT),
            JiraJson.time(raw, "startDate"),
            JiraJson.time(raw, "endDate"),
            JiraJson.time(raw, "completeDate")));
  }

  private Page boards(Request request, At at) throws InterruptedException {
    var reply = client.get(PATH, from(request, at.boards));
    var page = Page.servedAt(reply.servedAt());
    var pending = new ArrayList<String>();
    int count = at.boards;
    for (var board : reply.list("values")) {
      var id = board.path("id").asString("");
      page.map(this, board, request.partition(), "board " + (id.isEmpty() ? count : id));
      count++;
      if (!id.isEmpty() && !board.path("type").asString("").equals("kanban")) pending.add(id);
    }
    return next(page, new At(count, last(reply, at.boards == count), pending, 0));
  }

  private Page sprints(Request request, At at) throws InterruptedException {
    var board = at.pending.getFirst();
    var reply =
        client.getOrNothing(
            PATH + "/" + JiraClient.encode(board) + "/sprint", from(request, at.sprints));
    var page = Page.servedAt(reply.servedAt());
    var rest = at.pending.subList(1, at.pending.size());
    if (reply.json().isEmpty()) return next(page, new At(at.boards, at.ended, rest, 0));
    int count = at.sprints;
    for (var sprint : reply.list("values")) {
      var id = "sprint " + sprint.path("id").asString("number " + count + " of board " + board);
      page.map(this, sprint, request.partition(), id);
      count++;
    }
    return last(reply, count == at.sprints)
        ? next(page, new At(at.boards, at.ended, rest, 0))
        : next(page, new At(at.boards, at.ended, at.pending, count));
  }

  private static boolean last(JiraClient.Reply reply, boolean empty) {
    return empty || reply.json().path("isLast").asBoolean(false);
  }

  private static Page next(Page.Builder page, At at) {
    return at.ended && at.pending.isEmpty()
        ? page.last()
        : page.next(new Position(SourceJson.MAPPER.writeValueAsString(at)));
  }

  private static Map<String, Object> from(Request request, int from) {
    return Map.of("startAt", from, "maxResults", request.pageSize());
  }
}
