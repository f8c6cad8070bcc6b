package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * All comments, or all work logged, of the issues that have more than a search embeds, one issue at
 * a time. Up to a thousand are read as one page, so that a deleted one is noticed; of more, only
 * new and changed ones are.
 */
final class JiraOverflow implements OwedStream {

  private static final int PER_PAGE = 1_000;

  private final JiraClient client;
  private final JiraVisible visible;
  private final JiraChildren children;

  JiraOverflow(JiraClient client, JiraVisible visible, JiraChildren children) {
    this.client = client;
    this.visible = visible;
    this.children = children;
  }

  @Override
  public String name() {
    return children.list();
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1);
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var owed = batch.getFirst();
    int from = position == null ? 0 : Integer.parseInt(position.value());
    try {
      return JiraOwing.visible(batch, visible).isEmpty() ? later(owed) : read(owed, from);
    } catch (AccessDenied e) {
      var page = JiraOwing.nothingRead();
      JiraOwing.refused(name(), owed, e, page);
      return page.last();
    }
  }

  private Page read(Owed owed, int from) throws InterruptedException {
    var issue = owed.parentId();
    int at = from;
    boolean whole = from == 0;
    Page.Builder page = null;
    while (true) {
      var found = client.find("issue/" + JiraClient.encode(issue) + "/" + children.field, part(at));
      if (found.isEmpty()) return later(owed);
      var reply = found.get();
      if (page == null) page = Page.servedAt(reply.servedAt());
      var entries = reply.list(children.list());
      for (var each : entries) whole &= add(issue, each, page);
      at += entries.size();
      if (entries.isEmpty() || at >= reply.json().path("total").asLong(0)) {
        if (whole) page.complete(children.type, WorkItem.class, issue);
        return page.readable(JiraOwing.name(name(), issue)).last();
      }
      if (at - from >= PER_PAGE) return page.next(new Position(Integer.toString(at)));
    }
  }

  private Map<String, Object> part(int from) {
    var query = new HashMap<String, Object>();
    if (!children.order.isEmpty()) query.put("orderBy", children.order);
    query.put("startAt", from);
    query.put("maxResults", children.perRequest);
    return query;
  }

  /** Hidden, or gone: all is read when the issue is shown again. */
  private Page later(Owed owed) {
    var page = JiraOwing.nothingRead().readable(JiraOwing.name(name(), owed.parentId()));
    JiraOwing.keep(name(), owed, page);
    return page.last();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    children.map(JiraJson.requireText(raw, "issue"), raw.path(children.field), page);
  }

  /** False if it had to be set aside: then those stored are not known to be all. */
  private boolean add(String issue, JsonNode entry, Page.Builder page) {
    var id = entry.path("id").asString("without id in " + issue);
    try {
      children.map(issue, entry, page);
      page.readable(id);
      return true;
    } catch (UnreadableRecord e) {
      var raw = JsonNodeFactory.instance.objectNode().put("issue", issue);
      page.setAside(id, e.getMessage(), raw.set(children.field, entry));
      return false;
    }
  }
}
