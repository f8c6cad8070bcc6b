package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.CheckResult.MissingRight;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Which rights the token lacks that are not required. They are tried out on some repositories: one
 * may have workflows switched off.
 */
final class GitHubRights {

  private final GitHubClient client;

  GitHubRights(GitHubClient client) {
    this.client = client;
  }

  /** What is lacking, by what some repositories of a list answer. */
  List<MissingRight> missing(JsonNode repositories) throws InterruptedException {
    var names =
        repositories
            .valueStream()
            .map(each -> each.path("nameWithOwner").asString(""))
            .filter(name -> !name.isEmpty())
            .toList();
    var missing = new ArrayList<MissingRight>();
    add(
        "Actions: read",
        "Runs of workflows and their jobs are not read",
        "actions/runs",
        names,
        missing);
    add("Deployments: read", "Deployments are not read", "deployments", names, missing);
    return missing;
  }

  private void add(
      String right, String consequence, String path, List<String> names, List<MissingRight> to)
      throws InterruptedException {
    MissingRight refused = null;
    for (var name : names) {
      try {
        client.get(path, "repos/%s/%s?per_page=1".formatted(name, path));
        return;
      } catch (AccessDenied e) {
        refused = new MissingRight(right, consequence, e.remedy(), false);
      }
    }
    if (refused != null) to.add(refused);
  }
}
