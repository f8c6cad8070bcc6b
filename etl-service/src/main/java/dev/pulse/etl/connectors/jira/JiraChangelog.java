package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.records.WorkItemChange;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every change of every field of the issues that were written, up to a thousand issues a request,
 * and from the changes of the Sprint field which sprints each was in.
 *
 * <p>Jira leaves issues without changes, and hidden ones, out of its answer. Those left out are
 * asked for by id: what is not shown stays owed. A resolved issue must have changed at least once,
 * unless it was imported: such are asked for one by one, until several in a row have indeed no
 * history.
 */
final class JiraChangelog implements OwedStream {

  static final String NAME = "changelog";

  /** As many as Jira gives: the changes of most batches fit into one answer. */
  private static final int ROWS = 10_000;

  private static final int ROWS_OF_ONE = 100;
  private static final int CONVINCING = 10;
  private static final String RESOLVED = "resolved";

  private final JiraClient client;
  private final JiraFieldNames fields;
  private final JiraVisible visible;

  JiraChangelog(JiraClient client, JiraFieldNames fields, JiraVisible visible) {
    this.client = client;
    this.fields = fields;
    this.visible = visible;
  }

  /**
   * What a debt says of its issue.
   *
   * @param resolved whether it must have a history
   * @param sprints ids of the sprints that it is in
   */
  record Detail(boolean resolved, String sprints) {

    static Detail of(Owed owed) {
      var parts = owed.detail().split(" ", 2);
      return new Detail(parts[0].equals(RESOLVED), parts.length > 1 ? parts[1] : "");
    }

    String text() {
      return ((resolved ? RESOLVED : "") + " " + sprints).stripTrailing();
    }
  }

  /**
   * Where a batch stands.
   *
   * @param token of the next page in bulk; null = begin, or all have been read
   * @param seen issues that the bulk has shown
   * @param sprints what it has shown of changes of sprints, by issue: they come in the order of
   *     time, not issue by issue
   * @param unseen issues that are shown, must have a history, and have shown none yet; once there
   *     are any, the bulk has ended and they are read one by one
   * @param empty so many in a row were found to have none indeed
   */
  record At(
      @Nullable String token,
      Set<String> seen,
      ObjectNode sprints,
      List<String> unseen,
      int empty) {

    At {
      seen = Set.copyOf(seen);
      unseen = List.copyOf(unseen);
    }

    static At begin() {
      return new At(null, Set.of(), SourceJson.MAPPER.createObjectNode(), List.of(), 0);
    }

    static At oneByOne(List<String> unseen, int empty) {
      return new At(null, Set.of(), SourceJson.MAPPER.createObjectNode(), unseen, empty);
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
    int most = client.historiesAtOnce();
    return new PageSize(10, Math.min(500, most), most);
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var at =
        position == null ? At.begin() : SourceJson.MAPPER.readValue(position.value(), At.class);
    return at.unseen.isEmpty() ? bulk(batch, at) : one(batch, at);
  }

  /**
   * Takes the form of the bulk: an issue's id, and some of its history; or that of {@link
   * JiraSprintItems#raw}.
   */
  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    if (raw.has("fieldId")) JiraSprintItems.map(raw, page);
    else changes(raw, page);
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

  private Page bulk(List<Owed> batch, At at) throws InterruptedException {
    var asked = JiraOwing.visible(batch, visible).stream().map(Owed::parentId).toList();
    if (asked.isEmpty()) return ended(batch, at, JiraOwing.nothingRead());
    var body = new HashMap<String, Object>();
    body.put("issueIdsOrKeys", asked);
    body.put("maxResults", ROWS);
    if (at.token != null) body.put("nextPageToken", at.token);
    var reply = client.post("changelog/bulkfetch", body);
    var page = Page.servedAt(reply.servedAt());
    var seen = new TreeSet<>(at.seen);
    var sprints = at.sprints.deepCopy();
    for (var issue : reply.list("issueChangeLogs")) {
      var id = issue.path("issueId").asString("");
      seen.add(id);
      for (var history : issue.path("changeHistories")) {
        add(project(batch, id), id, history, page);
        keepSprints(history, sprints.withArray(id));
      }
    }
    var token = JiraJson.text(reply.json(), "nextPageToken");
    boolean more = token != null && !token.isEmpty();
    var reached = new At(more ? token : null, seen, sprints, List.of(), 0);
    return more ? page.next(reached.position()) : ended(batch, reached, page);
  }

  /** The bulk has ended: what of the batch it left out has no history, or is not shown. */
  private Page ended(List<Owed> batch, At at, Page.Builder page) throws InterruptedException {
    var left =
        JiraOwing.visible(batch, visible).stream()
            .map(Owed::parentId)
            .filter(issue -> !at.seen.contains(issue))
            .toList();
    var shown = JiraIssueProjects.of(client, left).keySet();
    var unseen = new ArrayList<String>();
    for (var owed : batch) {
      var issue = owed.parentId();
      if (at.seen.contains(issue)) sprints(owed, at.sprints.withArray(issue), page);
      else if (!shown.contains(issue)) JiraOwing.keep(NAME, owed, page);
      else if (Detail.of(owed).resolved) unseen.add(issue);
      else sprints(owed, none(), page);
    }
    return unseen.isEmpty() ? page.last() : page.next(At.oneByOne(unseen, 0).position());
  }

  /** The history of one issue that the bulk did not show. */
  private Page one(List<Owed> batch, At at) throws InterruptedException {
    var rest = at.unseen.subList(1, at.unseen.size());
    var read = one(debt(batch, at.unseen.getFirst()));
    int empty = read.count > 0 ? 0 : at.empty + 1;
    if (empty >= CONVINCING) {
      for (var issue : rest) sprints(debt(batch, issue), none(), read.page);
    }
    return rest.isEmpty() || empty >= CONVINCING
        ? read.page.last()
        : read.page.next(At.oneByOne(rest, empty).position());
  }

  private static Partition project(List<Owed> batch, String issue) {
    return batch.stream()
        .filter(each -> each.parentId().equals(issue))
        .findFirst()
        .map(Owed::partition)
        .orElse(Partition.WHOLE);
  }

  private static Owed debt(List<Owed> batch, String issue) {
    return batch.stream().filter(each -> each.parentId().equals(issue)).findFirst().orElseThrow();
  }

  /**
   * What was read of one issue.
   *
   * @param count how many entries its history has; what cannot be read counts as some
   */
  private record One(Page.Builder page, int count) {}

  private One one(Owed owed) throws InterruptedException {
    var issue = owed.parentId();
    var sprints = none();
    Page.Builder page = null;
    int from = 0;
    boolean more;
    try {
      do {
        var query = Map.<String, Object>of("startAt", from, "maxResults", ROWS_OF_ONE);
        var found = client.find("issue/" + JiraClient.encode(issue) + "/changelog", query);
        if (page == null) page = found.map(it -> Page.servedAt(it.servedAt())).orElse(null);
        if (found.isEmpty() || page == null) return later(owed);
        var histories = found.get().list("values");
        for (var history : histories) {
          add(owed.partition(), issue, history, page);
          keepSprints(history, sprints);
        }
        from += histories.size();
        more = !histories.isEmpty() && !found.get().json().path("isLast").asBoolean(false);
      } while (more);
    } catch (AccessDenied e) {
      var refused = JiraOwing.nothingRead();
      JiraOwing.refused(NAME, owed, e, refused);
      return new One(refused, 1);
    }
    sprints(owed, sprints, page.readable(JiraOwing.name(NAME, issue)));
    return new One(page, from);
  }

  private static One later(Owed owed) {
    var page = JiraOwing.nothingRead();
    JiraOwing.keep(NAME, owed, page);
    return new One(page, 1);
  }

  private static ArrayNode none() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private void keepSprints(JsonNode history, ArrayNode kept) throws InterruptedException {
    var field = fields.names().sprints();
    if (field != null) JiraSprintItems.of(history, field).ifPresent(kept::add);
  }

  private void sprints(Owed owed, ArrayNode histories, Page.Builder page)
      throws InterruptedException {
    var field = fields.names().sprints();
    if (field == null) return;
    var issue = owed.parentId();
    var raw = JiraSprintItems.raw(issue, field, Detail.of(owed).sprints, histories);
    page.map(this, raw, owed.partition(), "sprints of " + issue);
  }

  /** One odd entry does not cost the others. */
  private void add(Partition project, String issue, JsonNode history, Page.Builder page) {
    var raw = JsonNodeFactory.instance.objectNode().put("issueId", issue);
    raw.putArray("changeHistories").add(history);
    var id = history.path("id").asString("");
    page.map(this, raw, project, id.isEmpty() ? "without id in " + issue : id);
  }
}
