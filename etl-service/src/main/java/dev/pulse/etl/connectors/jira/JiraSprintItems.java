package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.records.SprintItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which sprints an issue was in, from when to when: from the changes of its Sprint field, and from
 * what the field holds for an issue that was made in its sprint. The histories of up to a thousand
 * issues come with one request, since only that field is asked for.
 *
 * <p>A history is needed whole, and comes in the order of time, not issue by issue: a batch whose
 * changes do not fit into one answer is asked for in smaller parts, so that no more than that is
 * ever held.
 *
 * <p>An issue stays in a sprint that is closed while it is in it.
 */
final class JiraSprintItems implements OwedStream {

  static final String NAME = "sprint_items";
  private static final int ROWS = 10_000;
  private static final Pattern PRINTED = Pattern.compile("[\\[,]id=(\\d+)");

  private final JiraClient client;
  private final JiraFieldNames fields;

  JiraSprintItems(JiraClient client, JiraFieldNames fields) {
    this.client = client;
    this.fields = fields;
  }

  private record Change(Instant at, Set<String> from, Set<String> to) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, Math.min(500, client.historiesAtOnce()), client.historiesAtOnce());
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var field = fields.names().sprints();
    if (field == null) return Page.servedAt(Instant.EPOCH).last();
    var histories = new HashMap<String, ArrayNode>();
    var body = new HashMap<String, Object>();
    body.put("issueIdsOrKeys", batch.stream().map(Owed::parentId).toList());
    body.put("fieldIds", List.of(field));
    body.put("maxResults", ROWS);
    Page.Builder page = null;
    String token;
    do {
      var reply = client.post("changelog/bulkfetch", body);
      if (page == null) page = Page.servedAt(reply.servedAt());
      for (var issue : reply.list("issueChangeLogs")) {
        var all =
            histories.computeIfAbsent(
                issue.path("issueId").asString(""), _ -> JsonNodeFactory.instance.arrayNode());
        for (var history : issue.path("changeHistories")) all.add(history);
      }
      token = JiraJson.text(reply.json(), "nextPageToken");
      if (token != null && !token.isEmpty() && batch.size() > 1) {
        throw new TooHeavy("more than " + ROWS + " changes of sprints");
      }
      if (token != null && token.equals(body.put("nextPageToken", token))) {
        throw new SourceUnavailable("Jira repeats a page of histories: it would never end", null);
      }
    } while (token != null && !token.isEmpty());
    for (var owed : batch) {
      var raw = JsonNodeFactory.instance.objectNode();
      raw.put("issueId", owed.parentId()).put("now", owed.detail()).put("fieldId", field);
      raw.set(
          "changeHistories",
          histories.getOrDefault(owed.parentId(), JsonNodeFactory.instance.arrayNode()));
      page.map(this, raw, Partition.WHOLE, "sprints of " + owed.parentId());
    }
    return page.last();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var issue = JiraJson.requireText(raw, "issueId");
    var changes = changes(raw, JiraJson.requireText(raw, "fieldId"));
    var now = split(raw.path("now").asString(""));
    var ever = new LinkedHashSet<String>();
    var open = new LinkedHashMap<String, @Nullable Instant>();
    if (!changes.isEmpty()) changes.getFirst().from.forEach(each -> open.put(each, null));
    for (var change : changes) {
      ever.addAll(change.from);
      ever.addAll(change.to);
      for (var sprint : change.from) {
        if (change.to.contains(sprint)) continue;
        page.add(stay(issue, sprint, open.remove(sprint), change.at));
      }
      for (var sprint : change.to) {
        if (!change.from.contains(sprint)) open.put(sprint, change.at);
      }
    }
    for (var sprint : now) if (!ever.contains(sprint)) open.put(sprint, null);
    open.forEach((sprint, from) -> page.add(stay(issue, sprint, from, null)));
    // The bulk of histories may leave an issue out: then nothing says that earlier stays were none.
    if (!changes.isEmpty()) page.complete(SprintItem.class, issue);
  }

  /** Ids of the sprints that the field of an issue holds, as the debt keeps them. */
  static String ids(JsonNode field) {
    var ids = new ArrayList<String>();
    for (var sprint : field) {
      var id = sprint.isString() ? printed(sprint.asString()) : JiraJson.text(sprint, "id");
      if (id != null) ids.add(id);
    }
    return String.join(",", ids);
  }

  /** Data Center prints its own object: {@code …Sprint@1f[id=7,rapidViewId=3,state=ACTIVE,…]}. */
  private static @Nullable String printed(String sprint) {
    var matcher = PRINTED.matcher(sprint);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static List<Change> changes(JsonNode raw, String field) {
    var changes = new ArrayList<Change>();
    for (var history : raw.path("changeHistories")) {
      for (var item : history.path("items")) {
        if (!item.path("fieldId").asString(field).equals(field)) continue;
        changes.add(
            new Change(
                JiraJson.requireTime(history, "created"),
                split(item.path("from").asString("")),
                split(item.path("to").asString(""))));
      }
    }
    changes.sort(Comparator.comparing(Change::at));
    return changes;
  }

  private static SprintItem stay(
      String issue, String sprint, @Nullable Instant from, @Nullable Instant to) {
    var began = from == null ? "start" : Long.toString(from.toEpochMilli());
    return new SprintItem(issue + ":" + sprint + ":" + began, sprint, issue, from, to);
  }

  private static Set<String> split(String ids) {
    var all = new LinkedHashSet<String>();
    for (var id : ids.split(",")) if (!id.isBlank()) all.add(id.strip());
    return all;
  }
}
