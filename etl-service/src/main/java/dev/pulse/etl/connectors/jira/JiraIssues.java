package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger log = LoggerFactory.getLogger(JiraIssues.class);
  private static final Partition GROUP = new Partition("*", "all projects");
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private final JiraClient client;
  private final JiraFieldNames fields;
  private final JiraVisible visible;
  private volatile List<String> members = List.of();
  private volatile @Nullable Instant groupFloor;

  JiraIssues(JiraClient client, JiraFieldNames fields, JiraVisible visible) {
    this.client = client;
    this.fields = fields;
    this.visible = visible;
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
    var joined = new TreeSet<>(browsable(before));
    if (!group.open()) joined.retainAll(ids(planning.scope()));
    var walks = new ArrayList<PlannedWalk>();
    for (var project : planning.scope()) {
      if (joined.contains(project.externalId())) continue;
      if (!group.open() && caughtUp(planning, project)) joined.add(project.externalId());
      else walks.add(new PlannedWalk(Partition.of(project), null));
    }
    // first, so that those who read for themselves begin no earlier and can join the next time
    if (!joined.isEmpty()) walks.addFirst(new PlannedWalk(GROUP, String.join(",", joined)));
    search(List.copyOf(joined), covered(planning, joined));
    return walks;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    if (request.partition().id().equals(GROUP.id())) {
      var floor = request.floor() == null ? groupFloor : request.floor();
      return page(request, members, floor, "updated").build();
    }
    var project = request.partition().id();
    if (visible.hides(project)) {
      throw new AccessDenied(
          "the project is archived, deleted or hidden",
          "Give the account of the token the right to browse it, or leave it out.");
    }
    var read = page(request, List.of(project), request.floor(), "created");
    if (request.position() == null) read.page().total(count(read.query()));
    return read.build();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    new JiraIssueMapper(client::page, fields.known().estimates()).map(raw, partition, page);
  }

  /** Sets what the group's search reads. */
  final void search(List<String> projects, @Nullable Instant floor) {
    members = projects;
    groupFloor = floor;
  }

  /** Those that a search may name. */
  final List<String> browsable(List<String> projects) {
    return projects.stream().filter(each -> !visible.hides(each)).toList();
  }

  /** A page of a search, and where the next one begins. */
  private record Read(JiraQuery query, Page.Builder page, @Nullable Position next) {
    Page build() {
      return next == null ? page.last() : page.next(next);
    }
  }

  private Read page(Request request, List<String> projects, @Nullable Instant floor, String order)
      throws InterruptedException {
    var at = JiraPosition.of(request.position());
    var query = new JiraQuery(projects, floor, at.from(), order);
    var body = new HashMap<String, Object>();
    body.put("jql", query.jql());
    body.put("fields", fields.names().asked());
    body.put("maxResults", request.pageSize());
    if (at.token() != null) body.put("nextPageToken", at.token());
    var reply = ask(body, at);
    var page = Page.servedAt(reply.servedAt());
    var reached = at.reached();
    for (var issue : reply.list("issues")) {
      page.map(this, issue, request.partition(), issue.path("id").asString("without id"));
      reached = later(reached, issue.path("fields"), order);
    }
    var token = JiraJson.text(reply.json(), "nextPageToken");
    boolean last = token == null || token.isEmpty() || reply.json().path("isLast").asBoolean(false);
    return new Read(
        query, page, last ? null : new JiraPosition(token, at.from(), reached).position());
  }

  /** About how many issues a search finds, for the progress shown; null if Jira will not tell. */
  private @Nullable Long count(JiraQuery query) throws InterruptedException {
    try {
      var reply = client.post("search/approximate-count", Map.of("jql", query.jql())).json();
      return reply.path("count").canConvertToLong() ? reply.path("count").longValue() : null;
    } catch (RequestRefused | AccessDenied e) {
      log.debug("No count: {}", e.getMessage());
      return null;
    }
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
