package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which issues of a project are still there: Jira lists no deleted ones. Searches for ids alone
 * hold five thousand a page, and are ordered by creation, which never changes.
 */
final class JiraCensus implements CensusStream {

  private final JiraClient client;
  private final JiraVisible visible;
  private final JiraIssues issues;

  JiraCensus(JiraClient client, JiraVisible visible, JiraIssues issues) {
    this.issues = issues;
    this.client = client;
    this.visible = visible;
  }

  @Override
  public String name() {
    return "issue_census";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(100, 5_000, 5_000);
  }

  @Override
  public Class<? extends SourceRecord> counted() {
    return WorkItem.class;
  }

  @Override
  public Set<String> readBy() {
    return Set.of(JiraIssues.NAME);
  }

  @Override
  public Optional<String> readAgainBy() {
    return Optional.of(JiraMissedIssues.NAME);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var project = request.partition().id();
    visible.require(project);
    var body = new HashMap<String, Object>();
    body.put("jql", new JiraQuery(List.of(project), null, null, "created").jql());
    body.put("fields", List.of("id"));
    body.put("maxResults", request.pageSize());
    var at = request.position();
    if (at != null) body.put("nextPageToken", at.value());
    var reply = search(project, body, at != null);
    var ids = new ArrayList<String>();
    for (var issue : reply.list("issues")) ids.add(id(issue.path("id").asString("")));
    var page = Page.servedAt(reply.servedAt()).present(ids);
    var token = JiraJson.text(reply.json(), "nextPageToken");
    if (token != null && !token.isEmpty()) return page.next(new Position(token));
    if (!reply.json().path("isLast").asBoolean(true)) {
      throw new SourceUnavailable("Jira has more issues, and does not say where", null);
    }
    return page.last();
  }

  @Override
  public Map<String, String> shown(List<String> ids) throws InterruptedException {
    return JiraIssueProjects.of(client, ids);
  }

  @Override
  public Optional<Page> reread(List<String> ids) throws InterruptedException {
    var body = Map.of("issueIdsOrKeys", ids, "fields", issues.fields.names().asked());
    var reply = client.post("issue/bulkfetch", body);
    var page = Page.servedAt(reply.servedAt());
    for (var issue : reply.list("issues")) {
      var project = JiraIssues.project(issue, Partition.WHOLE);
      page.map(issues, issue, project, id(issue.path("id").asString("")));
    }
    return Optional.of(page.last());
  }

  private JiraClient.Reply search(String project, Map<String, Object> body, boolean goesOn)
      throws InterruptedException {
    try {
      return client.post("search/jql", body);
    } catch (RequestRefused e) {
      if (goesOn) throw new PositionExpired("Jira no longer knows the page token", null);
      visible.refresh(client);
      visible.require(project);
      throw e;
    }
  }

  /** An id that cannot be read must not make an issue look gone. */
  private static String id(String text) {
    if (text.isEmpty()) throw new SourceUnavailable("Jira answered an issue without an id", null);
    return text;
  }
}
