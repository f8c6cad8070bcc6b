package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.records.WorkItemChange;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every change of every field of the issues that were written, up to a thousand issues a request.
 * An issue that Jira leaves out of its answer is gone or hidden by now, and owes nothing.
 */
final class JiraChangelog implements OwedStream {

  static final String NAME = "changelog";
  private static final int ROWS = 2_000;

  private final JiraClient client;

  JiraChangelog(JiraClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 500, 1_000);
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var body = new HashMap<String, Object>();
    body.put("issueIdsOrKeys", batch.stream().map(Owed::parentId).toList());
    body.put("maxResults", ROWS);
    if (position != null) body.put("nextPageToken", position.value());
    var reply = client.post("changelog/bulkfetch", body);
    var page = Page.servedAt(reply.servedAt());
    for (var issue : reply.json().path("issueChangeLogs")) {
      var id = issue.path("issueId").asString("without id");
      page.map(this, issue, Partition.WHOLE, id);
    }
    var token = JiraJson.text(reply.json(), "nextPageToken");
    return token == null || token.isEmpty() ? page.last() : page.next(new Position(token));
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var issue = JiraJson.requireText(raw, "issueId");
    for (var history : raw.path("changeHistories")) {
      var id = JiraJson.requireText(history, "id");
      var at = JiraJson.requireTime(history, "created");
      int index = 0;
      for (var item : history.path("items")) {
        page.add(
            new WorkItemChange(
                id + ":" + index++,
                JiraIssueMapper.KIND,
                issue,
                JiraJson.requireText(item, "field"),
                JiraJson.text(item, "fieldId"),
                JiraJson.text(item, "from"),
                JiraJson.text(item, "fromString"),
                JiraJson.text(item, "to"),
                JiraJson.text(item, "toString"),
                JiraJson.text(history, "author", "accountId"),
                at));
      }
    }
  }
}
