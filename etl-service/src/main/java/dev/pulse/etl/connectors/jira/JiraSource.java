package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.CheckResult;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.platform.budget.BudgetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One Jira site, open for reading. */
final class JiraSource implements Source {

  private static final Logger log = LoggerFactory.getLogger(JiraSource.class);

  private final JiraClient client;
  private final String edition;
  private final JiraOptions options;

  /**
   * A site of an edition of Jira.
   *
   * @param edition what the site calls its deployment: Cloud, or Server
   */
  JiraSource(JiraClient client, String edition, JiraOptions options) {
    this.client = client;
    this.edition = edition;
    this.options = options;
  }

  @Override
  public Set<BudgetKey> budgetKeys() {
    return Set.of(client.budgetKey());
  }

  @Override
  public CheckResult check() throws InterruptedException {
    var server = client.identity();
    if (!server.path("versionNumbers").isArray()) {
      throw new WrongProduct(
          "what answers there is not Jira", "Copy the address of the Jira site from a browser.");
    }
    var deployment = server.path("deploymentType").asString("Cloud");
    var product = "Jira " + deployment + " " + server.path("version").asString("");
    if (!deployment.equals(edition)) {
      throw new WrongProduct(
          product + " is another edition of Jira",
          "Make a connection of the other kind: Jira Cloud, or Jira Data Center.");
    }
    var account = JiraJson.text(client.get("myself", Map.of()).json(), "displayName");
    return new CheckResult(account, product, new JiraRights(client).missing());
  }

  @Override
  public List<ScopeElement> discover(String query, int limit) throws InterruptedException {
    var found = new ArrayList<ScopeElement>();
    int at = 0;
    while (found.size() < limit) {
      var asked = new HashMap<String, Object>();
      asked.put("startAt", at);
      asked.put("maxResults", Math.min(limit, 100));
      asked.put("orderBy", "key");
      if (!query.isBlank()) asked.put("query", query.strip());
      var reply = client.get("project/search", asked);
      var projects = reply.list("values");
      at += projects.size();
      for (var project : projects) readable(project).ifPresent(found::add);
      if (projects.isEmpty() || reply.json().path("isLast").asBoolean(true)) break;
    }
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** What cannot be read cannot be chosen; reading the projects sets it aside with its reason. */
  private Optional<ScopeElement> readable(JsonNode project) {
    try {
      return Optional.of(JiraProjects.element(project, client.instance()));
    } catch (UnreadableRecord e) {
      log.info("A project cannot be offered: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public List<Expected> estimate(Scope scope, @Nullable Instant startFrom)
      throws InterruptedException {
    var projects =
        discover("", Integer.MAX_VALUE).stream()
            .filter(scope::contains)
            .map(ScopeElement::externalId)
            .toList();
    return new JiraEstimate(client, options).of(projects, startFrom);
  }

  @Override
  public List<List<RecordStream>> stages() {
    var fields = new JiraFieldNames(client);
    var visible = new JiraVisible();
    var issues = new JiraIssues(client, fields, visible);
    return List.of(
        List.of(
            new JiraProjects(client, visible),
            JiraCatalogue.fields(client),
            JiraCatalogue.types(client),
            JiraCatalogue.statuses(client),
            JiraCatalogue.users(client),
            new JiraBoards(client),
            new JiraWorklogChanges(client)),
        List.of(
            issues, new JiraLookBack(client, fields, visible), new JiraVersions(client, visible)),
        List.of(
            new JiraChangelog(client, fields, visible),
            new JiraOverflow(client, visible, JiraChildren.COMMENTS),
            new JiraOverflow(client, visible, JiraChildren.WORKLOGS)),
        hints(fields, visible),
        List.of(
            new JiraCensus(client, visible, issues),
            JiraBoardCensus.ofBoards(client),
            JiraBoardCensus.ofSprints(client)),
        List.of(new JiraMissedIssues(client, fields, issues)));
  }

  private List<RecordStream> hints(JiraFieldNames fields, JiraVisible visible) {
    return options.any() ? List.of(new JiraHints(client, fields, visible, options)) : List.of();
  }

  @Override
  public void close() {
    client.close();
  }
}
