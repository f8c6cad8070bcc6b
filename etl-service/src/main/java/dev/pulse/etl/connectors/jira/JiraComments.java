package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** All comments of the issues that have more than a search embeds: one issue at a time. */
final class JiraComments implements OwedStream {

  static final String NAME = "comments";
  private static final int PAGE = 100;

  private final JiraClient client;

  JiraComments(JiraClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1);
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var issue = batch.getFirst().parentId();
    int from = position == null ? 0 : Integer.parseInt(position.value());
    JiraClient.Reply reply;
    try {
      reply =
          client.get(
              "issue/" + issue + "/comment",
              Map.of("startAt", from, "maxResults", PAGE, "orderBy", "created"));
    } catch (AccessDenied e) {
      return Page.servedAt(Instant.EPOCH).last(); // gone or hidden by now: it owes nothing
    }
    var page = Page.servedAt(reply.servedAt());
    var comments = reply.json().path("comments");
    for (var comment : comments) {
      var raw = JsonNodeFactory.instance.objectNode().put("issue", issue).set("comment", comment);
      page.map(this, raw, Partition.WHOLE, comment.path("id").asString("without id"));
    }
    int to = from + comments.size();
    boolean last = comments.isEmpty() || to >= reply.json().path("total").asInt(0);
    return last ? page.last() : page.next(new Position(Integer.toString(to)));
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    JiraIssueMapper.comment(JiraJson.requireText(raw, "issue"), raw.path("comment"), page);
  }
}
