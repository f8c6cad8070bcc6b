package dev.pulse.local.jira;

import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.World;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes Jira's JSON, straight to bytes. */
final class JiraJson {

  static final String STORY_POINTS = "customfield_10016";
  static final String SPRINT_GOAL = "customfield_10020";
  static final String SEVERITY = "customfield_10030";
  static final List<String> TYPES = List.of("Story", "Bug", "Task", "Epic");
  static final List<String> STATUS_IDS = List.of("2001", "2003", "2004", "2005");
  static final List<String> STATUSES = List.of("To Do", "In Progress", "In Review", "Done");
  static final List<String> CATEGORIES = List.of("new", "indeterminate", "indeterminate", "done");

  /** The zone of the caller's profile: all times of the API are in it. */
  static final ZoneId ZONE = ZoneId.of("America/New_York");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT).withZone(ZONE);
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final String base;

  /**
   * Writes for one site.
   *
   * @param base address of the site, for links
   */
  JiraJson(String base) {
    this.base = base;
  }

  interface Body {
    void write(JsonGenerator json);
  }

  static byte[] bytes(Body body) {
    var out = new ByteArrayOutputStream(16_000);
    try (var json = MAPPER.createGenerator(out)) {
      body.write(json);
    }
    return out.toByteArray();
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Where something is below the API's root. */
  String address(String path) {
    return base + "/rest/api/3/" + path;
  }

  void user(JsonGenerator json, Person person) {
    json.writeStartObject();
    json.writeStringProperty("self", base + "/rest/api/3/user?accountId=" + person.accountId());
    json.writeStringProperty("accountId", person.accountId());
    json.writeStringProperty("accountType", person.bot() ? "app" : "atlassian");
    json.writeStringProperty("emailAddress", person.email());
    json.writeStringProperty("displayName", person.name());
    json.writeBooleanProperty("active", true);
    json.writeStringProperty("timeZone", ZONE.getId());
    json.writeEndObject();
  }

  void project(JsonGenerator json, Project project) {
    json.writeStartObject();
    json.writeStringProperty("self", base + "/rest/api/3/project/" + project.id());
    json.writeStringProperty("id", Long.toString(project.id()));
    json.writeStringProperty("key", project.key());
    json.writeStringProperty("name", project.name());
    json.writeStringProperty("projectTypeKey", "software");
    json.writeBooleanProperty("simplified", false);
    json.writeStringProperty("style", "classic");
    json.writeBooleanProperty("isPrivate", false);
    json.writeName("lead");
    user(json, project.lead());
    json.writeEndObject();
  }

  /**
   * An issue with the fields asked for.
   *
   * @param fields names; {@code *all} = all
   * @param spoiled writes a number where the summary should be
   */
  void issue(JsonGenerator json, Issue issue, World world, Set<String> fields, boolean spoiled) {
    json.writeStartObject();
    json.writeStringProperty("id", Long.toString(issue.id()));
    json.writeStringProperty("key", issue.key());
    json.writeStringProperty("self", base + "/rest/api/3/issue/" + issue.id());
    if (!fields.isEmpty() && !fields.equals(Set.of("id")) && !fields.equals(Set.of("key"))) {
      json.writeObjectPropertyStart("fields");
      if (spoiled) {
        json.writeObjectPropertyStart("summary");
        json.writeEndObject();
      }
      new IssueFields(this, json, issue, world, fields, spoiled).write();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  void statusBody(JsonGenerator json, int status) {
    json.writeStringProperty("self", base + "/rest/api/3/status/" + STATUS_IDS.get(status));
    json.writeStringProperty("id", STATUS_IDS.get(status));
    json.writeStringProperty("name", STATUSES.get(status));
    json.writeStringProperty("description", "");
    json.writeStringProperty("iconUrl", base + "/images/status.png");
    json.writeObjectPropertyStart("statusCategory");
    json.writeStringProperty("self", base + "/rest/api/3/statuscategory/2");
    json.writeNumberProperty("id", 2 + status);
    json.writeStringProperty("key", CATEGORIES.get(status));
    json.writeStringProperty("colorName", "blue-gray");
    json.writeStringProperty("name", STATUSES.get(status));
    json.writeEndObject();
  }

  /** The members of a page of comments, the oldest first. */
  void comments(JsonGenerator json, Issue issue, int from, int count) {
    var all = issue.comments();
    json.writeArrayPropertyStart("comments");
    for (var comment :
        all.subList(Math.min(from, all.size()), Math.min(from + count, all.size()))) {
      json.writeStartObject();
      json.writeStringProperty(
          "self", base + "/rest/api/3/issue/" + issue.id() + "/comment/" + comment.id());
      json.writeStringProperty("id", Long.toString(comment.id()));
      json.writeName("author");
      user(json, comment.author());
      json.writeName("body");
      document(json, comment.body());
      json.writeName("updateAuthor");
      user(json, comment.author());
      json.writeStringProperty("created", time(comment.created()));
      json.writeStringProperty("updated", time(comment.updated()));
      json.writeBooleanProperty("jsdPublic", true);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("maxResults", count);
    json.writeNumberProperty("total", all.size());
    json.writeNumberProperty("startAt", from);
  }

  /** One entry of the history; the bulk form has its time as a number. */
  void history(JsonGenerator json, Issue.Change change, boolean bulk) {
    json.writeStartObject();
    json.writeStringProperty("id", Long.toString(change.id()));
    json.writeName("author");
    user(json, change.author());
    if (bulk) json.writeNumberProperty("created", change.at().toEpochMilli());
    else json.writeStringProperty("created", time(change.at()));
    json.writeArrayPropertyStart("items");
    for (var item : change.items()) {
      json.writeStartObject();
      json.writeStringProperty("field", item.field());
      json.writeStringProperty("fieldtype", "jira");
      json.writeStringProperty("fieldId", item.fieldId());
      json.writeStringProperty("from", item.from());
      json.writeStringProperty("fromString", item.fromText());
      json.writeStringProperty("to", item.to());
      json.writeStringProperty("toString", item.toText());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void document(JsonGenerator json, String text) {
    json.writeStartObject();
    json.writeNumberProperty("version", 1);
    json.writeStringProperty("type", "doc");
    json.writeArrayPropertyStart("content");
    json.writeStartObject();
    json.writeStringProperty("type", "paragraph");
    json.writeArrayPropertyStart("content");
    json.writeStartObject();
    json.writeStringProperty("type", "text");
    json.writeStringProperty("text", text);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
