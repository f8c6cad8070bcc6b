package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The versions of each project: one request a project, at most every six hours. Jira knows only the
 * day of a release, which is kept as its midnight in UTC.
 */
final class JiraVersions implements WalkedStream {

  private static final Duration EVERY = Duration.ofHours(6);

  private final JiraClient client;
  private final JiraVisible visible;

  JiraVersions(JiraClient client, JiraVisible visible) {
    this.client = client;
    this.visible = visible;
  }

  @Override
  public String name() {
    return "versions";
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1);
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
    return planning.scope().stream()
        .filter(each -> !visible.hides(each.externalId()))
        .filter(each -> due(planning, each))
        .map(each -> new PlannedWalk(new Partition(each.externalId(), each.name()), null))
        .toList();
  }

  private static boolean due(Planning planning, ScopeElement project) {
    var reached = planning.reached(project.externalId());
    return reached.open()
        || reached.completedAt() == null
        || reached.completedAt().isBefore(planning.now().minus(EVERY));
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var project = JiraClient.encode(request.partition().id());
    var reply = client.get("project/" + project + "/versions", Map.of());
    var page = Page.servedAt(reply.servedAt());
    int at = 0;
    boolean whole = true;
    for (var version : reply.list()) {
      whole &= readable(version, request.partition());
      var id = version.path("id").asString("number " + at + " of project " + project);
      page.map(this, version, request.partition(), id);
      at++;
    }
    if (whole) page.complete(Release.class, request.partition().id());
    return page.last();
  }

  /** A version that is set aside would look as if it had been deleted. */
  private boolean readable(JsonNode version, Partition partition) {
    try {
      map(version, partition, Page.servedAt(Instant.EPOCH));
      return true;
    } catch (UnreadableRecord e) {
      return false;
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var released = JiraJson.date(raw, "releaseDate");
    boolean out = raw.path("released").asBoolean(false);
    page.add(
        new Release(
            JiraJson.requireText(raw, "id"),
            "version",
            partition.id(),
            null,
            JiraJson.requireText(raw, "name"),
            null,
            null,
            JiraJson.text(raw, "description"),
            state(raw, out),
            null,
            JiraJson.date(raw, "startDate"),
            released,
            out && released != null
                ? LocalDate.parse(released).atStartOfDay(ZoneOffset.UTC).toInstant()
                : null,
            null,
            null,
            null));
  }

  private static @Nullable String state(JsonNode raw, boolean released) {
    if (raw.path("archived").asBoolean(false)) return "ARCHIVED";
    return released ? "RELEASED" : "PLANNED";
  }
}
