package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Team;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns an issue, as a search returns it, into rows. */
final class JiraIssueMapper {

  static final String KIND = "issue";

  private static final List<String> PEOPLE = List.of("assignee", "reporter", "creator");

  /** Fields that have a column, or a table, of their own. */
  static final Set<String> TYPED =
      Set.of(
          "summary",
          "description",
          "comment",
          "worklog",
          "issuetype",
          "status",
          "priority",
          "resolution",
          "assignee",
          "reporter",
          "parent",
          "labels",
          "project",
          "created",
          "updated",
          "resolutiondate",
          "duedate",
          "issuelinks");

  private final Links links;
  private final List<String> estimates;
  private final @Nullable String sprints;
  private final @Nullable String team;

  /** Where a browser shows an issue. */
  interface Links {
    @Nullable String page(String issueKey);
  }

  /** A mapper for one site. */
  JiraIssueMapper(Links links, JiraFieldNames.Names names) {
    this.links = links;
    this.estimates = names.estimates();
    this.sprints = names.sprints();
    this.team = names.team();
  }

  void map(JsonNode raw, Partition partition, Page.Builder page) {
    var id = JiraJson.requireText(raw, "id");
    var key = JiraJson.requireText(raw, "key");
    var fields = raw.path("fields");
    var updated = JiraJson.requireTime(fields, "updated");
    page.seen(updated);
    page.add(
        new WorkItem(
            KIND,
            id,
            key,
            projectId(fields),
            JiraJson.text(fields, "issuetype", "id"),
            JiraJson.text(fields, "status", "id"),
            JiraJson.requireText(fields, "summary"),
            AdfText.of(fields.path("description")),
            JiraJson.text(fields, "priority", "name"),
            JiraJson.text(fields, "resolution", "name"),
            JiraJson.person(fields.path("assignee")),
            JiraJson.person(fields.path("reporter")),
            JiraJson.text(fields, "parent", "id"),
            fields.path("labels").isArray() ? fields.path("labels").toString() : null,
            estimate(fields),
            JiraJson.requireTime(fields, "created"),
            updated,
            JiraJson.time(fields, "resolutiondate"),
            JiraJson.date(fields, "duedate"),
            links.page(key),
            extra(fields),
            team(fields, page)));
    for (var person : PEOPLE) sighted(fields.path(person), page);
    page.owe(
        new OwedWork(
            JiraChangelog.NAME, WorkItem.class, id, partition, history(fields).text(), true));
    JiraIssueLinks.map(id, fields.path("issuelinks"), page);
    for (var children : JiraChildren.values()) children.embedded(id, fields, partition, page);
  }

  /** A person met as the author of something. */
  static void sighted(JsonNode user, Page.Builder page) {
    var sighting = JiraJson.sighting(user);
    if (sighting != null) page.add(sighting);
  }

  private static String projectId(JsonNode fields) {
    try {
      return JiraJson.requireText(fields.path("project"), "id");
    } catch (UnreadableRecord e) {
      var failure = new UnreadableRecord("project." + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private JiraChangelog.Detail history(JsonNode fields) {
    boolean resolved = JiraJson.text(fields, "resolutiondate") != null;
    return new JiraChangelog.Detail(
        resolved, sprints == null ? "" : JiraSprintItems.ids(fields.path(sprints)));
  }

  private @Nullable Double estimate(JsonNode fields) {
    for (var field : estimates) {
      var points = JiraJson.number(fields, field);
      if (points != null) return points;
    }
    return null;
  }

  /** The team's id; its name is kept as a team of its own. */
  private @Nullable String team(JsonNode fields, Page.Builder page) {
    if (team == null) return null;
    var value = fields.path(team);
    if (value.isString()) return value.asString();
    var id = JiraJson.text(value, "id");
    var name = JiraJson.text(value, "name");
    if (id != null && name != null) page.add(new Team(id, null, name, null, null, null));
    return id;
  }

  /** All other fields that are set, so that a changed mapping can be applied to stored rows. */
  private @Nullable String extra(JsonNode fields) {
    var extra = SourceJson.MAPPER.createObjectNode();
    fields
        .propertyStream()
        .filter(field -> !TYPED.contains(field.getKey()))
        .filter(field -> !field.getKey().equals(sprints) && !field.getKey().equals(team))
        .filter(field -> !field.getValue().isNull())
        .forEach(field -> extra.set(field.getKey(), JiraJson.lasting(field.getValue())));
    return extra.isEmpty() ? null : extra.toString();
  }
}
