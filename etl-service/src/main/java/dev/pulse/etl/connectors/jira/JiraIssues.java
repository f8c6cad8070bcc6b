package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Issues with their embedded comments.
 *
 * <p>A project is first read by itself, in the order of creation, which never changes, then with
 * the others, by time of update: see {@link JiraGrouping}.
 */
class JiraIssues implements WalkedStream {

  static final String NAME = "issues";
  private static final Logger log = LoggerFactory.getLogger(JiraIssues.class);
  static final Duration OVERLAP = Duration.ofMinutes(10);

  final JiraClient client;
  final JiraFieldNames fields;
  final JiraVisible visible;
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
    var grouping = JiraGrouping.of(planning, visible);
    search(grouping.members(), grouping.floor());
    return grouping.walks();
  }

  /** A project that is rewound reads by itself, and joins the others when it has caught up. */
  @Override
  public Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    return partition.equals(JiraGrouping.GROUP.id())
        ? new Rewind.Not("of all projects together goes on: each project is rewound by itself")
        : Rewind.To.atMost(JiraGrouping.read(checkpoints, partition), to);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    if (request.partition().id().equals(JiraGrouping.GROUP.id())) return group(request);
    var project = request.partition().id();
    visible.require(project);
    try {
      var read = page(request, List.of(project), request.floor(), "created");
      if (request.position() == null) read.page().total(count(read.query()));
      return read.build();
    } catch (RequestRefused e) {
      visible.refresh(client);
      visible.require(project);
      throw e;
    }
  }

  /** One member that was hidden since the run began would have the others refused with it. */
  private Page group(Request request) throws InterruptedException {
    var asked = members;
    try {
      var read = page(request, asked, later(request.floor(), groupFloor), "updated");
      read.page().mark(mark(asked, groupFloor));
      return read.build();
    } catch (RequestRefused e) {
      visible.refresh(client);
      members = visible.of(asked);
      if (members.size() == asked.size()) throw e;
      if (members.isEmpty()) throw visible.hidden();
      return group(request);
    }
  }

  /** What the checkpoint of the group's walk is marked with. */
  String mark(List<String> members, @Nullable Instant floor) {
    return String.join(",", members);
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    new JiraIssueMapper(client::page, fields.known()).map(raw, partition, page);
  }

  /**
   * What an issue is part of, whoever else is read with it; {@code standard} if it does not say.
   */
  static Partition project(JsonNode issue, Partition standard) {
    var project = issue.path("fields").path("project");
    var id = project.path("id").asString("");
    return id.isEmpty() ? standard : new Partition(id, project.path("key").asString(id));
  }

  /** Which fields of the issues are asked for. */
  List<String> asked(JiraFieldNames.Names names) {
    return names.asked();
  }

  /** The issue with what a search does not show of it. */
  JsonNode whole(JsonNode issue) throws InterruptedException {
    return issue;
  }

  /** Sets what the group's search reads. */
  final void search(List<String> projects, @Nullable Instant floor) {
    members = projects;
    groupFloor = floor;
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
    body.put("fields", asked(fields.names()));
    body.put("maxResults", request.pageSize());
    if (at.token() != null) body.put("nextPageToken", at.token());
    var reply = ask(body, at);
    var page = Page.servedAt(reply.servedAt());
    var reached = at.reached();
    for (var issue : reply.list("issues")) {
      var id = issue.path("id").asString("without id");
      page.map(this, whole(issue), project(issue, request.partition()), id);
      reached = later(reached, issue.path("fields"), order);
    }
    var token = JiraJson.text(reply.json(), "nextPageToken");
    boolean end = reply.json().path("isLast").asBoolean(token == null || token.isEmpty());
    if (!end && (token == null || token.isEmpty())) {
      throw new SourceUnavailable("Jira has more issues, and does not say where", null);
    }
    return new Read(
        query, page, end ? null : new JiraPosition(token, at.from(), reached).position());
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

  /** What was read by its members themselves need not be read by the group. */
  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) return b;
    return b == null || a.isAfter(b) ? a : b;
  }
}
