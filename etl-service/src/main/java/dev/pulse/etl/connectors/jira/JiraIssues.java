package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Issues with their embedded comments.
 *
 * <p>A project is first read by itself, in the order of creation, which never changes. Once it has
 * caught up with the others it joins the group, which is read in one search by time of update: any
 * number of quiet projects costs one request. The group's members are the mark of its checkpoint,
 * so a walk goes on with the members it began with.
 */
class JiraIssues implements WalkedStream {

  static final String NAME = "issues";
  private static final Partition GROUP = new Partition("*", "all projects");
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private final JiraClient client;
  private final JiraFieldNames fields;
  private volatile List<String> members = List.of();
  private volatile @Nullable Instant groupFloor;

  JiraIssues(JiraClient client, JiraFieldNames fields) {
    this.client = client;
    this.fields = fields;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public Duration overlap() {
    return OVERLAP;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var group = planning.reached(GROUP.id());
    var before = group.mark() == null ? List.<String>of() : List.of(group.mark().split(","));
    var joined = new TreeSet<>(before);
    if (!group.open()) joined.retainAll(ids(planning.scope()));
    var walks = new ArrayList<PlannedWalk>();
    for (var project : planning.scope()) {
      if (joined.contains(project.externalId())) continue;
      if (!group.open() && caughtUp(planning, project)) joined.add(project.externalId());
      else walks.add(new PlannedWalk(Partition.of(project), null));
    }
    if (!joined.isEmpty()) walks.add(new PlannedWalk(GROUP, String.join(",", joined)));
    search(List.copyOf(joined), covered(planning, joined));
    return walks;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    boolean group = request.partition().id().equals(GROUP.id());
    var projects = group ? members : List.of(request.partition().id());
    var floor = request.floor() == null && group ? groupFloor : request.floor();
    return search(request, projects, floor, group ? "updated" : "created");
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    JiraIssueMapper.map(raw, fields.known().estimates(), partition, page);
  }

  /** Sets what the group's search reads. */
  final void search(List<String> projects, @Nullable Instant floor) {
    members = projects;
    groupFloor = floor;
  }

  /**
   * One page of a search.
   *
   * @param order the time by which it is ordered, {@code updated} or {@code created}
   */
  final Page search(Request request, List<String> projects, @Nullable Instant floor, String order)
      throws InterruptedException {
    var at = JiraPosition.of(request.position());
    var body = new HashMap<String, Object>();
    body.put("jql", jql(projects, floor, at, order));
    body.put("fields", fields.names().asked());
    body.put("maxResults", request.pageSize());
    if (at.token() != null) body.put("nextPageToken", at.token());
    var reply = ask(body, at);
    var page = Page.servedAt(reply.servedAt());
    var reached = at.reached();
    for (var issue : reply.json().path("issues")) {
      page.map(this, issue, request.partition(), issue.path("id").asString("without id"));
      reached = later(reached, issue.path("fields"), order);
    }
    var token = JiraJson.text(reply.json(), "nextPageToken");
    return token == null || reply.json().path("isLast").asBoolean(false)
        ? page.last()
        : page.next(new JiraPosition(token, at.from(), reached).position());
  }

  private JiraClient.Reply ask(Map<String, Object> body, JiraPosition at)
      throws InterruptedException {
    try {
      return client.post("search/jql", body);
    } catch (RequestRefused e) {
      if (at.token() == null) throw e;
      throw new PositionExpired("Jira no longer knows the page token", at.withoutToken());
    }
  }

  /** Times are sent as numbers: dates in quotes have minutes and mean the caller's own zone. */
  private static String jql(
      List<String> projects, @Nullable Instant floor, JiraPosition at, String order) {
    var jql = new StringBuilder("project in (").append(String.join(",", projects)).append(')');
    if (floor != null) jql.append(" and updated >= ").append(floor.toEpochMilli());
    if (at.from() != null) {
      jql.append(" and ").append(order).append(" >= ").append(at.from().longValue());
    }
    return jql.append(" order by ").append(order).append(" asc, key asc").toString();
  }

  /** A time that cannot be read moves nothing: its record is set aside anyway. */
  private static @Nullable Long later(@Nullable Long reached, JsonNode fields, String order) {
    try {
      var time = JiraJson.time(fields, order);
      if (time == null) return reached;
      return reached == null ? time.toEpochMilli() : Math.max(reached, time.toEpochMilli());
    } catch (UnreadableRecord e) {
      return reached;
    }
  }

  /** All that changed in the project before this has been read: not the watermark, which rests. */
  private static @Nullable Instant coveredBy(Planning planning, String project) {
    var own = planning.reached(project);
    return own.open() || own.completedAt() == null ? null : own.completedAt().minus(OVERLAP);
  }

  private static boolean caughtUp(Planning planning, ScopeElement project) {
    var covered = coveredBy(planning, project.externalId());
    var group = planning.reached(GROUP.id()).watermark();
    return covered != null && (group == null || !group.isAfter(covered));
  }

  /** Where the group's very first walk begins. */
  private static @Nullable Instant covered(Planning planning, Iterable<String> members) {
    Instant first = null;
    for (var member : members) {
      var covered = coveredBy(planning, member);
      if (covered != null && (first == null || covered.isBefore(first))) first = covered;
    }
    return first;
  }

  static List<String> ids(List<ScopeElement> scope) {
    return scope.stream().map(ScopeElement::externalId).toList();
  }
}
