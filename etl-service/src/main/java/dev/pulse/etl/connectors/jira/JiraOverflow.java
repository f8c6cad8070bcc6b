package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
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
 * new and changed ones are. Jira pages by number: each answer begins with the last entry of the one
 * before, or entries have gone meanwhile, and those behind have moved up unseen.
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

  /**
   * How far an issue was read.
   *
   * @param entries so many
   * @param last id of the last of them; null if there are none yet
   */
  private record Place(int entries, @Nullable String last) {

    static final Place START = new Place(0, null);

    static Place of(@Nullable Position position) {
      if (position == null) return START;
      var parts = position.value().split(" ", 2);
      return new Place(Integer.parseInt(parts[0]), parts.length == 1 ? null : parts[1]);
    }

    /** One that was read before is asked for again, to see whether the list has moved. */
    int from() {
      return last == null ? entries : entries - 1;
    }

    /** False if entries before this place have gone since, so that some were passed over. */
    boolean joins(JsonNode found) {
      return last == null || last.equals(id(found.path(0)));
    }

    Place after(JsonNode found) {
      return found.isEmpty()
          ? this
          : new Place(from() + found.size(), id(found.path(found.size() - 1)));
    }

    Position position() {
      return new Position(last == null ? Integer.toString(entries) : entries + " " + last);
    }

    private static String id(JsonNode entry) {
      return entry.path("id").asString("");
    }
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var owed = batch.getFirst();
    var from = Place.of(position);
    try {
      return JiraOwing.visible(batch, visible).isEmpty() ? later(owed) : read(owed, from);
    } catch (AccessDenied e) {
      var page = JiraOwing.nothingRead();
      JiraOwing.refused(name(), owed, e, page);
      return page.last();
    }
  }

  private Page read(Owed owed, Place from) throws InterruptedException {
    var issue = owed.parentId();
    var at = from;
    boolean whole = from.equals(Place.START);
    Page.Builder page = null;
    while (true) {
      var found = client.find("issue/" + JiraClient.encode(issue) + "/" + children.field, part(at));
      if (found.isEmpty()) return later(owed);
      var reply = found.get();
      if (page == null) page = Page.servedAt(reply.servedAt());
      var entries = reply.list(children.list());
      boolean joins = at.joins(entries);
      int known = joins && at.last != null ? 1 : 0;
      for (int i = known; i < entries.size(); i++) whole &= add(issue, entries.get(i), page);
      var reached = at.after(entries);
      boolean last = reached.entries >= total(reply);
      if (!joins || (!last && reached.entries == at.entries)) {
        return moved(owed, page);
      }
      if (last) {
        if (whole) page.complete(children.type, WorkItem.class, issue);
        return page.readable(JiraOwing.name(name(), issue)).last();
      }
      at = reached;
      if (at.entries - from.entries >= PER_PAGE) return page.next(at.position());
    }
  }

  private static long total(JiraClient.Reply reply) {
    var total = reply.json().path("total");
    if (total.canConvertToLong()) return total.longValue();
    throw new SourceUnavailable(reply.operation() + " does not say how many there are", null);
  }

  private Map<String, Object> part(Place at) {
    var query = new HashMap<String, Object>();
    if (!children.order.isEmpty()) query.put("orderBy", children.order);
    query.put("startAt", at.from());
    query.put("maxResults", children.perRequest);
    return query;
  }

  /** Some entries went while the list was read: what came is kept, and all is read again. */
  private Page moved(Owed owed, Page.Builder page) {
    JiraOwing.keep(name(), owed, page);
    return page.readable(JiraOwing.name(name(), owed.parentId())).last();
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
