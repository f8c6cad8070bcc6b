package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which project issues are part of now; Jira leaves out those that are gone or hidden. */
final class JiraIssueProjects {

  private static final int AT_ONCE = 100;

  private JiraIssueProjects() {}

  /**
   * The projects of some issues.
   *
   * @return of those that Jira shows, ids of projects by ids of issues; empty where it does not say
   * @throws SourceUnavailable if an issue comes without its id: it must not look absent
   */
  static Map<String, String> of(JiraClient client, List<String> issues)
      throws InterruptedException {
    var projects = new HashMap<String, String>();
    for (int from = 0; from < issues.size(); from += AT_ONCE) {
      var some = issues.subList(from, Math.min(issues.size(), from + AT_ONCE));
      var body = Map.of("issueIdsOrKeys", some, "fields", List.of("project"));
      for (var issue : client.post("issue/bulkfetch", body).list("issues")) {
        var id = issue.path("id").asString("");
        if (id.isEmpty()) {
          throw new SourceUnavailable("Jira answered an issue without an id", null);
        }
        var project = JiraJson.text(issue.path("fields").path("project"), "id");
        projects.put(id, project == null ? "" : project);
      }
    }
    return projects;
  }
}
