package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Project;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The projects that the account can browse, read whole in every run. */
final class JiraProjects implements WalkedStream {

  private final JiraClient client;
  private final JiraVisible visible;

  JiraProjects(JiraClient client, JiraVisible visible) {
    this.client = client;
    this.visible = visible;
  }

  @Override
  public String name() {
    return "projects";
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(100);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    int from = request.position() == null ? 0 : Integer.parseInt(request.position().value());
    if (from == 0) visible.begin();
    var query =
        Map.<String, Object>of(
            "startAt", from, "maxResults", request.pageSize(), "orderBy", "key", "expand", "lead");
    var reply = client.get("project/search", query);
    var projects = reply.list("values");
    var page = Page.servedAt(reply.servedAt());
    int at = from;
    for (var project : projects) {
      var id = project.path("id").asString("number " + at);
      at++;
      visible.add(id);
      page.map(this, project, request.partition(), id);
    }
    var total = reply.json().path("total");
    if (total.isIntegralNumber()) page.total(total.asLong(0));
    boolean last =
        reply.json().path("isLast").asBoolean(at >= total.asLong(0)) || projects.isEmpty();
    if (!last) return page.next(new Position(Integer.toString(at)));
    visible.end();
    return page.last();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var key = JiraJson.requireText(raw, "key");
    page.add(
        new Project(
            JiraJson.requireText(raw, "id"),
            key,
            JiraJson.requireText(raw, "name"),
            JiraJson.text(raw, "projectTypeKey"),
            JiraJson.person(raw.path("lead")),
            raw.path("archived").asBoolean(false),
            client.page(key),
            null));
    page.scope(element(raw, client.instance()));
  }

  static ScopeElement element(JsonNode raw, String instance) {
    return new ScopeElement(
        JiraJson.requireText(raw, "id"),
        instance,
        JiraJson.requireText(raw, "key"),
        JiraJson.requireText(raw, "name"),
        Map.of());
  }
}
