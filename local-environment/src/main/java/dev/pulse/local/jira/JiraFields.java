package dev.pulse.local.jira;

import dev.pulse.local.world.Pointers;
import dev.pulse.local.world.Sprints;
import java.util.List;
import java.util.Map;

/** The fields of the site, the vendor's and its own. */
final class JiraFields {

  static final List<Map<String, Object>> ALL =
      List.of(
          system("summary", "Summary", "string"),
          system("issuetype", "Issue Type", "issuetype"),
          system("status", "Status", "status"),
          system("priority", "Priority", "priority"),
          system("project", "Project", "project"),
          system("labels", "Labels", "array"),
          system("assignee", "Assignee", "user"),
          system("reporter", "Reporter", "user"),
          system("creator", "Creator", "user"),
          system("parent", "Parent", "issuelink"),
          system("created", "Created", "datetime"),
          system("updated", "Updated", "datetime"),
          system("resolution", "Resolution", "resolution"),
          system("resolutiondate", "Resolved", "datetime"),
          system("duedate", "Due date", "date"),
          system("description", "Description", "string"),
          system("issuelinks", "Linked Issues", "array"),
          system("comment", "Comment", "comments-page"),
          system("worklog", "Log Work", "array"),
          custom(JiraJson.STORY_POINTS, "Story Points", "number", "float"),
          custom(JiraJson.SPRINT_GOAL, "Sprint goal", "string", "textfield"),
          custom(JiraJson.SEVERITY, "Severity", "array", "multiselect"),
          custom(Sprints.FIELD, "Sprint", "array", "com.pyxis.greenhopper.jira:gh-sprint"),
          custom(
              Pointers.TEAM_FIELD,
              "Team",
              "team",
              "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team"),
          custom(
              Pointers.DEVELOPMENT_FIELD,
              "development",
              "any",
              "com.atlassian.jira.plugins.jira-development-integration-plugin:devsummarycf"));

  private JiraFields() {}

  private static Map<String, Object> system(String id, String name, String type) {
    return Map.of(
        "id",
        id,
        "key",
        id,
        "name",
        name,
        "custom",
        false,
        "orderable",
        true,
        "navigable",
        true,
        "searchable",
        true,
        "clauseNames",
        List.of(id),
        "schema",
        Map.of("type", type, "system", id));
  }

  private static Map<String, Object> custom(String id, String name, String type, String kind) {
    return Map.of(
        "id",
        id,
        "key",
        id,
        "name",
        name,
        "custom",
        true,
        "orderable",
        true,
        "navigable",
        true,
        "searchable",
        true,
        "clauseNames",
        List.of("cf[" + id.replaceAll("\\D", "") + "]", name),
        "schema",
        Map.of(
            "type",
            type,
            "custom",
            kind.contains(":") ? kind : "com.atlassian.jira.plugin.system.customfieldtypes:" + kind,
            "customId",
            Integer.parseInt(id.replaceAll("\\D", ""))));
  }
}
