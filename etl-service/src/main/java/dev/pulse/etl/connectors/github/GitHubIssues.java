package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The issues of repositories, with what happened to them.
 *
 * <p>A walk goes by time of update, the longest untouched first, and asks for each page by the time
 * of the last issue before it: what is updated, deleted or transferred meanwhile shifts nothing,
 * and what is updated comes again at the end.
 *
 * <p>Issues are named after their repository, and hidden while it keeps none: after a rename, and
 * when it keeps issues again, a repository is read from the beginning.
 */
final class GitHubIssues implements WalkedStream {

  static final String NAME = "issues";
  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final int CONNECTIONS = 3;

  private final GitHubIssueQueries queries;
  private final GitHubProbe probe;

  /** Repositories whose walk does not begin at its floor. */
  private final Set<String> anew = ConcurrentHashMap.newKeySet();

  GitHubIssues(GitHubIssueQueries queries, GitHubProbe probe) {
    this.queries = queries;
    this.probe = probe;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, 50, 100);
  }

  @Override
  public Duration overlap() {
    return OVERLAP;
  }

  @Override
  public boolean ascending() {
    return true;
  }

  /**
   * What a repository said before a walk.
   *
   * @param state of its issues, or that it is not known
   */
  private record Mark(String state, String name) {

    static final String UNKNOWN = "?";

    static @Nullable Mark of(@Nullable String text) {
      if (text == null) return null;
      var parts = text.split(" ", 2);
      return new Mark(parts[0], parts.length == 2 ? parts[1] : "");
    }

    String text() {
      return state + " " + name;
    }

    /** What it said does not show any more that nothing is new. */
    Mark forgotten() {
      return state.equals(GitHubProbe.SWITCHED_OFF) ? this : new Mark(UNKNOWN, name);
    }

    boolean needsAll(Mark before) {
      return !name.equals(before.name) || before.state.equals(GitHubProbe.SWITCHED_OFF);
    }
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    var states = probe.known("issues", planning.scope());
    var walks = new ArrayList<PlannedWalk>();
    for (var repository : planning.scope()) {
      var id = repository.externalId();
      var mark = new Mark(states.getOrDefault(id, Mark.UNKNOWN), repository.name());
      var reached = planning.reached(id);
      var before = reached.open() ? null : Mark.of(reached.mark());
      boolean quiet =
          reached.completedAt() != null && mark.equals(before) && !mark.state.equals(Mark.UNKNOWN);
      if (quiet) continue;
      if (before != null && mark.needsAll(before)) anew.add(id);
      walks.add(new PlannedWalk(Partition.of(repository), mark.text()));
    }
    return walks;
  }

  /** That a repository was renamed, or keeps issues again, must still be seen. */
  @Override
  public Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    var reached = checkpoints.getOrDefault(partition, Reached.NOWHERE);
    var before = Mark.of(reached.mark());
    var from = Rewind.To.atMost(reached.watermark(), to);
    return before == null ? from : new Rewind.To(from.watermark(), before.forgotten().text());
  }

  /**
   * Where a walk stands.
   *
   * @param since the time of the last issue read; null = none yet
   * @param after GitHub's cursor among those updated since; null unless more issues than a page
   *     holds bear the same time
   */
  private record Place(@Nullable Instant since, @Nullable String after) {

    static Place of(Position position) {
      var parts = position.value().split(" ", 2);
      return new Place(
          parts[0].equals("-") ? null : Instant.parse(parts[0]),
          parts[1].isEmpty() ? null : parts[1]);
    }

    Place then(@Nullable Instant last, String cursor) {
      boolean moves = last != null && (since == null || last.isAfter(since));
      return moves ? new Place(last, null) : new Place(since, cursor);
    }

    Position position() {
      return new Position((since == null ? "-" : since) + " " + (after == null ? "" : after));
    }
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var place = place(request);
    var reply = ask(request, place);
    var page = Page.servedAt(reply.servedAt());
    if (GitHubProbe.isSwitchedOff(reply.json().path("node"))) return page.last();
    var list = GitHubList.ofRepository(reply, request.partition(), "issues");
    if (request.position() == null && place.since == null) page.total(list.total());
    list.map(this, request, page);
    var cursor = list.next();
    if (cursor == null) return page.last();
    var last = GitHubIssueMapper.newest(list.nodes(), reply.servedAt(), OVERLAP);
    return page.next(place.then(last, cursor).position());
  }

  private Place place(Request request) {
    if (request.position() != null) return Place.of(request.position());
    boolean whole = anew.contains(request.partition().id());
    return new Place(whole ? null : request.floor(), null);
  }

  private GitHubClient.Reply ask(Request request, Place place) throws InterruptedException {
    var variables = new HashMap<String, Object>();
    variables.put("id", request.partition().id());
    variables.put("first", request.pageSize());
    if (place.since != null) variables.put("since", place.since.toString());
    if (place.after != null) variables.put("after", place.after);
    try {
      return queries.issues(variables, cost(request.pageSize()));
    } catch (PositionExpired e) {
      throw new PositionExpired(
          String.valueOf(e.getMessage()), new Place(place.since, null).position());
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    if (GitHubIssueTimeline.isAside(raw)) GitHubIssueTimeline.mapAside(raw, page);
    else GitHubIssueMapper.issue(raw, partition, page);
  }

  /** Points: one connection, and three more per issue, by hundreds. */
  static long cost(int issues) {
    return Math.max(1, Math.round((1 + (double) CONNECTIONS * issues) / 100));
  }
}
