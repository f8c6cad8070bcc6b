package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Comment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * All comments of the issues that have more than a search embeds, one issue at a time. Up to a
 * thousand are read as one page, so that a deleted comment is noticed; of more, only new and
 * changed ones are.
 */
final class JiraComments implements OwedStream {

  static final String NAME = "comments";
  private static final int PER_REQUEST = 100;
  private static final int PER_PAGE = 1_000;

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
    int at = from;
    boolean whole = from == 0;
    Page.Builder page = null;
    while (true) {
      var query =
          Map.<String, Object>of("startAt", at, "maxResults", PER_REQUEST, "orderBy", "created");
      var found = client.find("issue/" + JiraClient.encode(issue) + "/comment", query);
      if (found.isEmpty()) {
        // gone or hidden by now: it owes nothing
        return (page == null ? Page.servedAt(Instant.EPOCH) : page).last();
      }
      var reply = found.get();
      if (page == null) page = Page.servedAt(reply.servedAt());
      var comments = reply.list("comments");
      for (var comment : comments) whole &= add(issue, comment, page);
      at += comments.size();
      if (comments.isEmpty() || at >= reply.json().path("total").asLong(0)) {
        if (whole) page.complete(Comment.class, issue);
        return page.last();
      }
      if (at - from >= PER_PAGE) return page.next(new Position(Integer.toString(at)));
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    JiraIssueMapper.comment(JiraJson.requireText(raw, "issue"), raw.path("comment"), page);
  }

  /** False if it had to be set aside: then those stored are not known to be all. */
  private static boolean add(String issue, JsonNode comment, Page.Builder page) {
    var id = comment.path("id").asString("without id in " + issue);
    try {
      JiraIssueMapper.comment(issue, comment, page);
      page.readable(id);
      return true;
    } catch (UnreadableRecord e) {
      var raw = JsonNodeFactory.instance.objectNode().put("issue", issue).set("comment", comment);
      page.setAside(id, e.getMessage(), raw);
      return false;
    }
  }
}
