package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns an issue, as a search returns it, into rows. */
final class JiraIssueMapper {

  static final String KIND = "issue";

  private static final Set<String> TYPED =
      Set.of(
          "summary",
          "description",
          "comment",
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
          "duedate");

  private JiraIssueMapper() {}

  static void map(JsonNode raw, List<String> estimates, Partition partition, Page.Builder page) {
    var id = JiraJson.requireText(raw, "id");
    var fields = raw.path("fields");
    var updated = JiraJson.requireTime(fields, "updated");
    page.seen(updated);
    page.add(
        new WorkItem(
            KIND,
            id,
            JiraJson.requireText(raw, "key"),
            JiraJson.requireText(fields.path("project"), "id"),
            JiraJson.text(fields, "issuetype", "id"),
            JiraJson.text(fields, "status", "id"),
            JiraJson.requireText(fields, "summary"),
            AdfText.of(fields.path("description")),
            JiraJson.text(fields, "priority", "name"),
            JiraJson.text(fields, "resolution", "name"),
            JiraJson.text(fields, "assignee", "accountId"),
            JiraJson.text(fields, "reporter", "accountId"),
            JiraJson.text(fields, "parent", "id"),
            fields.path("labels").isArray() ? fields.path("labels").toString() : null,
            estimate(fields, estimates),
            JiraJson.requireTime(fields, "created"),
            updated,
            JiraJson.time(fields, "resolutiondate"),
            JiraJson.date(fields, "duedate"),
            JiraJson.text(raw, "self"),
            extra(fields)));
    page.owe(new OwedWork(JiraChangelog.NAME, id, partition, "", true));
    comments(id, fields.path("comment"), partition, page);
  }

  /** A search embeds only the first comments; when there are more, all are owed. */
  private static void comments(
      String issue, JsonNode embedded, Partition partition, Page.Builder page) {
    int shown = embedded.path("comments").size();
    for (var comment : embedded.path("comments")) comment(issue, comment, page);
    if (embedded.path("total").asInt(shown) > shown) {
      page.owe(new OwedWork(JiraComments.NAME, issue, partition, "", true));
    } else if (embedded.has("comments")) {
      page.complete(Comment.class, issue);
    }
  }

  static void comment(String issue, JsonNode raw, Page.Builder page) {
    page.add(
        new Comment(
            JiraJson.requireText(raw, "id"),
            "work_item",
            issue,
            null,
            null,
            "COMMENT",
            null,
            null,
            null,
            JiraJson.text(raw, "author", "accountId"),
            AdfText.of(raw.path("body")),
            JiraJson.time(raw, "created"),
            JiraJson.time(raw, "updated")));
  }

  private static @Nullable Double estimate(JsonNode fields, List<String> estimates) {
    for (var field : estimates) {
      if (fields.path(field).isNumber()) return fields.path(field).asDouble();
    }
    return null;
  }

  /** All other fields that are set, so that a changed mapping can be applied to stored rows. */
  private static @Nullable String extra(JsonNode fields) {
    var extra = SourceJson.MAPPER.createObjectNode();
    fields
        .propertyStream()
        .filter(field -> !TYPED.contains(field.getKey()))
        .filter(field -> !field.getValue().isNull())
        .forEach(field -> extra.set(field.getKey(), field.getValue()));
    return extra.isEmpty() ? null : extra.toString();
  }
}
