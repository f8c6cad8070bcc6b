package dev.pulse.etl.connectors.jira;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Worklog;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Work that was logged, changed or deleted since the last run, for the whole site: not all of it
 * shows in its issue's time of update, and nothing else tells what was deleted. What was logged
 * before the first run comes with the issues.
 *
 * <p>Jira tells ids first, of all projects; the entries themselves name their issue but not its
 * project, which is asked for, so that nothing outside the scope is kept.
 */
final class JiraWorklogChanges implements WalkedStream {

  private static final Logger log = LoggerFactory.getLogger(JiraWorklogChanges.class);

  private final JiraClient client;
  private volatile Instant since = Instant.EPOCH;
  private volatile Set<String> projects = Set.of();

  JiraWorklogChanges(JiraClient client) {
    this.client = client;
  }

  /**
   * Where the walk stands.
   *
   * @param deleted whether it has come to the list of what was deleted
   * @param since begin of the next page, in milliseconds since 1970
   * @param start begin of the walk, likewise
   */
  record At(boolean deleted, long since, long start) {}

  @Override
  public String name() {
    return "worklog_changes";
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1_000);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public boolean required() {
    return false;
  }

  /**
   * Jira leaves out the last minute, so that the list before it never changes; the overlap covers
   * that, and clocks that differ. What was deleted while the lists were refused is told by nothing
   * else: they are read on from where they were read to.
   */
  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var reached = planning.reached(Partition.WHOLE.id());
    var before = reached.endedAt() == null ? planning.now() : reached.endedAt();
    var rewound = reached.watermark();
    since = rewound == null ? before.minus(JiraIssues.OVERLAP) : rewound;
    projects = planning.scope().stream().map(ScopeElement::externalId).collect(toUnmodifiableSet());
    return List.of(new PlannedWalk(Partition.WHOLE, null));
  }

  /** It has a watermark only while it is rewound. */
  @Override
  public Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    var reached = checkpoints.getOrDefault(partition, Reached.NOWHERE);
    var before = reached.completedAt() == null ? reached.watermark() : reached.completedAt();
    return Rewind.To.atMost(before, to);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var position = request.position();
    var at =
        position == null
            ? new At(false, since.toEpochMilli(), since.toEpochMilli())
            : SourceJson.MAPPER.readValue(position.value(), At.class);
    var path = at.deleted ? "worklog/deleted" : "worklog/updated";
    var reply = client.getOrNothing(path, Map.of("since", at.since));
    var page = Page.servedAt(reply.servedAt());
    if (reply.json().isEmpty()) return next(page, at, -1); // no time tracking on this site
    var ids = new ArrayList<Long>();
    for (var each : reply.list("values")) {
      if (each.path("worklogId").canConvertToLong()) ids.add(each.path("worklogId").longValue());
    }
    if (at.deleted) ids.forEach(id -> page.deleted(Worklog.class, Long.toString(id)));
    else if (!ids.isEmpty()) entries(ids, request.partition(), page);
    boolean last = ids.isEmpty() || reply.json().path("lastPage").asBoolean(true);
    return next(page, at, last ? -1 : reply.json().path("until").asLong(-1));
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    JiraChildren.WORKLOGS.map(JiraJson.requireText(raw, "issueId"), raw, page);
  }

  private void entries(List<Long> ids, Partition partition, Page.Builder page)
      throws InterruptedException {
    var entries = client.post("worklog/list", Map.of("ids", ids)).list();
    var issues = new TreeSet<String>();
    for (var each : entries) issues.add(each.path("issueId").asString(""));
    issues.remove("");
    var projectOf = JiraIssueProjects.of(client, List.copyOf(issues));
    for (var each : entries) {
      var issue = each.path("issueId").asString("");
      var project = projectOf.getOrDefault(issue, "");
      if (issue.isEmpty() || projects.contains(project)) {
        var of = issue.isEmpty() ? partition : new Partition(project, project);
        page.map(this, each, of, each.path("id").asString("without id in " + issue));
      }
    }
  }

  /**
   * The page, and what follows it.
   *
   * @param until time of the last entry; -1 = the list has ended
   */
  private static Page next(Page.Builder page, At at, long until) {
    if (until < 0) {
      return at.deleted ? page.last() : page.next(position(new At(true, at.start, at.start)));
    }
    if (until <= at.since) {
      log.warn("More work was changed in one millisecond than Jira lists; some is left to issues");
      return page.next(position(new At(at.deleted, at.since + 1, at.start)));
    }
    return page.next(position(new At(at.deleted, until, at.start)));
  }

  private static Position position(At at) {
    return new Position(SourceJson.MAPPER.writeValueAsString(at));
  }
}
