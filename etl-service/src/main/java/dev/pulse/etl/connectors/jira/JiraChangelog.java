package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.records.WorkItemChange;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Every change of every field of the issues that were written, up to a thousand issues a request.
 *
 * <p>Jira leaves issues without changes, and hidden ones, out of its answer. A resolved issue must
 * have changed at least once, unless it was imported: those left out are asked for one by one,
 * until several in a row have indeed no history.
 */
final class JiraChangelog implements OwedStream {

  static final String NAME = "changelog";

  /** Detail of the debt of an issue that must have a history. */
  static final String RESOLVED = "resolved";

  private static final int ROWS = 2_000;
  private static final int ROWS_OF_ONE = 100;
  private static final int CONVINCING = 10;

  private final JiraClient client;

  JiraChangelog(JiraClient client) {
    this.client = client;
  }

  /**
   * Where a batch stands.
   *
   * @param token of the next page in bulk; null = begin, or all have been read
   * @param single whether the bulk has ended and issues are read one by one
   * @param unseen issues that must have a history and have shown none yet
   * @param empty so many in a row were found to have none indeed
   */
  record At(@Nullable String token, boolean single, List<String> unseen, int empty) {

    At {
      unseen = List.copyOf(unseen);
    }

    Position position() {
      return new Position(SourceJson.MAPPER.writeValueAsString(this));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "changes of issues";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 500, 1_000);
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var at =
        position == null ? begin(batch) : SourceJson.MAPPER.readValue(position.value(), At.class);
    return at.single ? one(at) : bulk(batch, at);
  }

  /** Takes the form of the bulk: an issue's id, and some of its history. */
  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    changes(raw, page);
  }

  static void changes(JsonNode raw, Page.Builder page) {
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
                JiraJson.person(history.path("author")),
                at));
      }
      JiraIssueMapper.sighted(history.path("author"), page);
    }
  }

  private static At begin(List<Owed> batch) {
    var unseen = batch.stream().filter(each -> each.detail().equals(RESOLVED));
    return new At(null, false, unseen.map(Owed::parentId).toList(), 0);
  }

  private Page bulk(List<Owed> batch, At at) throws InterruptedException {
    var body = new HashMap<String, Object>();
    body.put("issueIdsOrKeys", batch.stream().map(Owed::parentId).toList());
    body.put("maxResults", ROWS);
    if (at.token != null) body.put("nextPageToken", at.token);
    var reply = client.post("changelog/bulkfetch", body);
    var page = Page.servedAt(reply.servedAt());
    var unseen = new TreeSet<>(at.unseen);
    for (var issue : reply.list("issueChangeLogs")) {
      var id = issue.path("issueId").asString("");
      unseen.remove(id);
      for (var history : issue.path("changeHistories")) add(id, history, page);
    }
    var token = JiraJson.text(reply.json(), "nextPageToken");
    boolean more = token != null && !token.isEmpty();
    if (!more && unseen.isEmpty()) return page.last();
    return page.next(new At(more ? token : null, !more, List.copyOf(unseen), 0).position());
  }

  /** The history of one issue that the bulk did not show. */
  private Page one(At at) throws InterruptedException {
    var issue = at.unseen.getFirst();
    Page.Builder page = null;
    int from = 0;
    boolean more = true;
    while (more) {
      var query = Map.<String, Object>of("startAt", from, "maxResults", ROWS_OF_ONE);
      var found = client.find("issue/" + JiraClient.encode(issue) + "/changelog", query);
      if (page == null) {
        page = Page.servedAt(found.map(JiraClient.Reply::servedAt).orElse(Instant.EPOCH));
      }
      if (found.isEmpty()) break; // gone or hidden by now: it owes nothing
      var histories = found.get().list("values");
      for (var history : histories) add(issue, history, page);
      from += histories.size();
      more = !histories.isEmpty() && !found.get().json().path("isLast").asBoolean(false);
    }
    if (page == null) throw new IllegalStateException("nothing was asked");
    int empty = from == 0 ? at.empty + 1 : 0;
    var rest = at.unseen.subList(1, at.unseen.size());
    return rest.isEmpty() || empty >= CONVINCING
        ? page.last()
        : page.next(new At(null, true, rest, empty).position());
  }

  /** One odd entry does not cost the others. */
  private void add(String issue, JsonNode history, Page.Builder page) {
    var raw = JsonNodeFactory.instance.objectNode().put("issueId", issue);
    raw.putArray("changeHistories").add(history);
    var id = history.path("id").asString("");
    page.map(this, raw, Partition.WHOLE, id.isEmpty() ? "without id in " + issue : id);
  }
}
