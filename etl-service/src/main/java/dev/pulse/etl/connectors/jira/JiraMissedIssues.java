package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Issues that the census lists and that are not stored, a hundred a request: a security level that
 * is given back, for one, does not count as an update of the issue. Those that Jira does not show
 * are owed no longer; the next census looks again.
 */
final class JiraMissedIssues implements OwedStream {

  static final String NAME = "missed_issues";
  private static final int AT_ONCE = 100;

  private final JiraClient client;
  private final JiraFieldNames fields;
  private final JiraIssues issues;

  JiraMissedIssues(JiraClient client, JiraFieldNames fields, JiraIssues issues) {
    this.client = client;
    this.fields = fields;
    this.issues = issues;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "issues that were missed or hidden";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, AT_ONCE, AT_ONCE);
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var partitions = new HashMap<String, Partition>();
    for (var owed : batch) partitions.put(owed.parentId(), owed.partition());
    var body = new HashMap<String, Object>();
    body.put("issueIdsOrKeys", batch.stream().map(Owed::parentId).toList());
    body.put("fields", issues.asked(fields.names()));
    var reply = client.post("issue/bulkfetch", body);
    var page = Page.servedAt(reply.servedAt());
    for (var issue : reply.list("issues")) {
      var id = issue.path("id").asString("");
      var partition = partitions.get(id);
      if (partition != null) page.map(this, issue, partition, id);
    }
    return page.last();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    issues.map(raw, partition, page);
  }
}
