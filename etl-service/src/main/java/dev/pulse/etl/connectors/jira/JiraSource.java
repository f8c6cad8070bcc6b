package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.CheckResult;
import dev.pulse.etl.connectors.CheckResult.MissingRight;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.platform.budget.BudgetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One Jira site, open for reading. */
final class JiraSource implements Source {

  private final JiraClient client;

  JiraSource(JiraClient client) {
    this.client = client;
  }

  @Override
  public Set<BudgetKey> budgetKeys() {
    return Set.of(client.budgetKey());
  }

  @Override
  public CheckResult check() throws InterruptedException {
    var server = client.get("serverInfo", Map.of()).json();
    if (!server.has("deploymentType") || !server.has("versionNumbers")) {
      throw new WrongProduct(
          "what answers there is not Jira", "Copy the address of the Jira site from a browser.");
    }
    var product =
        "Jira "
            + server.path("deploymentType").asString("")
            + " "
            + server.path("version").asString("");
    if (!server.path("deploymentType").asString("").equals("Cloud")) {
      throw new WrongProduct(product + " is not Jira Cloud", "Connect a Jira Cloud site.");
    }
    var account = JiraJson.text(client.get("myself", Map.of()).json(), "displayName");
    return new CheckResult(account, product, missing());
  }

  @Override
  public List<ScopeElement> discover(String query, int limit) throws InterruptedException {
    var found = new ArrayList<ScopeElement>();
    var asked =
        Map.<String, Object>of(
            "query", query, "maxResults", Math.min(limit, 100), "orderBy", "key");
    for (var project : client.get("project/search", asked).json().path("values")) {
      found.add(JiraCatalogue.element(project, client.host()));
    }
    return found;
  }

  @Override
  public List<List<RecordStream>> stages() {
    var fields = new JiraFieldNames(client);
    return List.of(
        List.of(
            JiraCatalogue.projects(client),
            JiraCatalogue.fields(client),
            JiraCatalogue.types(client),
            JiraCatalogue.statuses(client),
            JiraCatalogue.users(client)),
        List.of(new JiraIssues(client, fields), new JiraLookBack(client, fields)),
        List.of(new JiraChangelog(client), new JiraComments(client)));
  }

  @Override
  public void close() {
    client.close();
  }

  private List<MissingRight> missing() throws InterruptedException {
    var missing = new ArrayList<MissingRight>();
    var projects = client.get("project/search", Map.of("maxResults", 1)).json();
    if (projects.path("total").asLong(1) == 0) {
      missing.add(
          new MissingRight(
              "Browse projects",
              "No project is visible, so nothing is read",
              "Give the account the permission in the projects to be read.",
              true));
    }
    try {
      client.get("users/search", Map.of("maxResults", 1));
    } catch (AccessDenied e) {
      missing.add(
          new MissingRight(
              "Browse users and groups",
              "People without issues are not read",
              "Give the account the global permission.",
              false));
    }
    return missing;
  }
}
