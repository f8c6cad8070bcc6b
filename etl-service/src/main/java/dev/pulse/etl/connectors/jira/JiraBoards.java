package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Board;
import dev.pulse.etl.connectors.records.Sprint;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Boards, and the sprints that they show, at most once an hour. */
final class JiraBoards implements WalkedStream {

  private static final Duration EVERY = Duration.ofHours(1);

  private final JiraClient client;
  private final JiraBoardWalk walk;

  JiraBoards(JiraClient client) {
    this.client = client;
    this.walk = new JiraBoardWalk(client, true);
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
    var read = walk.read(request);
    var page = Page.servedAt(read.servedAt());
    int number = read.first();
    for (var each : read.entries()) {
      var id = each.path("id").asString("number " + number++ + " of " + read.board());
      var name = (read.board() == null ? "board " : "sprint ") + id;
      page.map(this, each, request.partition(), name);
    }
    return read.next() == null ? page.last() : page.next(read.next());
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
}
