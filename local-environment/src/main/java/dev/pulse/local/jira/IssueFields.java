package dev.pulse.local.jira;

import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.Pointers;
import dev.pulse.local.world.Sprints;
import dev.pulse.local.world.World;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the fields of an issue that were asked for. */
final class IssueFields {

  static final int EMBEDDED = 20;

  private final JiraJson writer;
  private final JsonGenerator json;
  private final Issue issue;
  private final Set<String> wanted;
  private final World world;
  private final boolean all;
  private final boolean spoiled;

  /**
   * Fields of one issue.
   *
   * @param wanted names; {@code *all} = all
   * @param spoiled leaves the summary out, for somebody else has written nonsense in its place
   */
  IssueFields(
      JiraJson writer,
      JsonGenerator json,
      Issue issue,
      World world,
      Set<String> wanted,
      boolean spoiled) {
    this.world = world;
    this.writer = writer;
    this.json = json;
    this.issue = issue;
    this.wanted = wanted;
    this.all = wanted.contains("*all") || wanted.contains("*navigable");
    this.spoiled = spoiled;
  }

  void write() {
    if (!spoiled) text("summary", issue.title());
    named("issuetype", Integer.toString(2_101 + issue.type()), JiraJson.TYPES.get(issue.type()));
    if (wants("status")) status();
    named("priority", Integer.toString(2_200 + issue.priority().length()), issue.priority());
    if (wants("project")) {
      json.writeName("project");
      writer.project(json, issue.project());
    }
    if (wants("labels")) {
      json.writeArrayPropertyStart("labels");
      issue.labels().forEach(json::writeString);
      json.writeEndArray();
    }
    person("assignee", issue.assignee());
    person("reporter", issue.reporter());
    person("creator", issue.reporter());
    if (wants("parent") && issue.parent() != null) {
      json.writeObjectPropertyStart("parent");
      json.writeStringProperty("id", Long.toString(10_000L + issue.parent()));
      json.writeEndObject();
    }
    text("created", JiraJson.time(issue.created()));
    text("updated", JiraJson.time(issue.updated()));
    if (issue.resolved() == null) {
      nothing("resolution");
      nothing("resolutiondate");
    } else {
      named("resolution", "2301", "Done");
      text("resolutiondate", JiraJson.time(issue.resolved()));
    }
    if (issue.due() == null) nothing("duedate");
    else text("duedate", issue.due());
    if (wants("description")) {
      json.writeName("description");
      JiraJson.document(json, issue.description());
    }
    custom();
    if (wants("issuelinks")) links();
    if (wants("comment")) comments();
    if (wants("worklog")) worklogs();
  }

  private void links() {
    json.writeArrayPropertyStart("issuelinks");
    for (var link : world.links(issue.index())) {
      json.writeStartObject();
      json.writeStringProperty("id", Long.toString(link.id()));
      json.writeObjectPropertyStart("type");
      json.writeStringProperty("id", "10000");
      json.writeStringProperty("name", "Blocks");
      json.writeStringProperty("inward", "is blocked by");
      json.writeStringProperty("outward", "blocks");
      json.writeStringProperty("self", writer.address("issueLinkType/10000"));
      json.writeEndObject();
      json.writeObjectPropertyStart(link.outward() ? "outwardIssue" : "inwardIssue");
      json.writeStringProperty("id", Long.toString(link.other()));
      json.writeStringProperty("self", writer.address("issue/" + link.other()));
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void custom() {
    if (wants(JiraJson.STORY_POINTS)) {
      if (issue.storyPoints() == null) json.writeNullProperty(JiraJson.STORY_POINTS);
      else json.writeNumberProperty(JiraJson.STORY_POINTS, issue.storyPoints());
    }
    if (wants(Sprints.FIELD)) sprints();
    if (wants(Pointers.TEAM_FIELD)) team();
    if (wants(Pointers.DEVELOPMENT_FIELD))
      json.writeStringProperty(Pointers.DEVELOPMENT_FIELD, PointerCalls.field(issue));
    text(JiraJson.SPRINT_GOAL, "Goal " + issue.index() % 20);
    if (wants(JiraJson.SEVERITY)) {
      json.writeArrayPropertyStart(JiraJson.SEVERITY);
      json.writeStartObject();
      json.writeStringProperty("id", "1" + issue.type());
      json.writeStringProperty("value", "S" + issue.type());
      json.writeEndObject();
      json.writeEndArray();
    }
  }

  private void team() {
    int team = Pointers.team(issue);
    if (team == 0) {
      json.writeNullProperty(Pointers.TEAM_FIELD);
      return;
    }
    json.writeObjectPropertyStart(Pointers.TEAM_FIELD);
    json.writeStringProperty("id", "team-" + team);
    json.writeStringProperty("name", "Team " + team);
    json.writeBooleanProperty("isShared", true);
    json.writeEndObject();
  }

  private void sprints() {
    var now = Sprints.now(issue);
    if (now.isEmpty()) {
      json.writeNullProperty(Sprints.FIELD);
      return;
    }
    json.writeArrayPropertyStart(Sprints.FIELD);
    for (int each : now) {
      json.writeStartObject();
      json.writeNumberProperty("id", Sprints.id(issue.project(), each));
      json.writeStringProperty("name", Sprints.name(issue.project(), each));
      json.writeNumberProperty("boardId", Sprints.board(issue.project()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void comments() {
    json.writeObjectPropertyStart("comment");
    writer.comments(json, issue, 0, EMBEDDED);
    json.writeEndObject();
  }

  private void worklogs() {
    json.writeObjectPropertyStart("worklog");
    WorkCalls.page(writer, json, world.work().on(issue), 0, EMBEDDED);
    json.writeEndObject();
  }

  private void status() {
    json.writeObjectPropertyStart("status");
    writer.statusBody(json, issue.status());
    json.writeEndObject();
  }

  private boolean wants(String field) {
    return all || wanted.contains(field);
  }

  private void text(String field, String value) {
    if (wants(field)) json.writeStringProperty(field, value);
  }

  private void nothing(String field) {
    if (wants(field)) json.writeNullProperty(field);
  }

  private void named(String field, String id, String name) {
    if (!wants(field)) return;
    json.writeObjectPropertyStart(field);
    json.writeStringProperty("self", writer.address(field + "/" + id));
    json.writeStringProperty("id", id);
    json.writeStringProperty("name", name);
    json.writeEndObject();
  }

  private void person(String field, @Nullable Person person) {
    if (!wants(field)) return;
    json.writeName(field);
    if (person == null) json.writeNull();
    else writer.user(json, person);
  }
}
