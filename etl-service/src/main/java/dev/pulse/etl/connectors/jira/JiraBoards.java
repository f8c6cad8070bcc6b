package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Board;
import dev.pulse.etl.connectors.records.Sprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Boards, and the sprints that they show: open ones, and those that were open the last time, at
 * most once an hour; closed ones, of which a site has most and which seldom change, once a day. The
 * mark keeps when those were read, and which sprints were open.
 */
final class JiraBoards implements WalkedStream {

  static final String NAME = "boards";
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration CLOSED_EVERY = Duration.ofDays(1);

  private final JiraClient client;
  private final JiraBoardWalk walk;
  private volatile Begin begin = new Begin(Instant.EPOCH, JiraBoardWalk.At.whole());

  JiraBoards(JiraClient client) {
    this.client = client;
    this.walk = new JiraBoardWalk(client, true);
  }

  /**
   * How a walk begins.
   *
   * @param closedRead when closed sprints were last read, or are
   */
  private record Begin(Instant closedRead, JiraBoardWalk.At at) {

    static Begin of(@Nullable String mark, Instant now) {
      var whole = new Begin(now, JiraBoardWalk.At.whole());
      if (mark == null) return whole;
      var parts = mark.split(" ", 2);
      var closedRead = closedRead(mark);
      if (closedRead.isBefore(now.minus(CLOSED_EVERY))) return whole;
      var open = parts.length == 1 ? Set.<String>of() : Set.of(parts[1].split(","));
      return new Begin(closedRead, JiraBoardWalk.At.ofOpen(open));
    }

    /** A walk that is under way knows from its position what it reads. */
    static Begin goingOn(String mark) {
      return new Begin(closedRead(mark), JiraBoardWalk.At.whole());
    }

    private static Instant closedRead(String mark) {
      return Instant.ofEpochMilli(Long.parseLong(mark.split(" ", 2)[0]));
    }

    String mark(Set<String> open) {
      var ids = String.join(",", new TreeSet<>(open));
      return (closedRead.toEpochMilli() + " " + ids).strip();
    }
  }

  @Override
  public String name() {
    return NAME;
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
    if (rested) return List.of();
    begin =
        reached.open() && reached.mark() != null
            ? Begin.goingOn(reached.mark())
            : Begin.of(reached.mark(), planning.now());
    return List.of(new PlannedWalk(Partition.WHOLE, begin.mark(Set.of())));
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var read = walk.read(request, begin.at);
    var page = Page.servedAt(read.servedAt());
    if (read.next() == null) page.mark(begin.mark(read.open()));
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
