package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.SprintItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which sprints an issue was in, from when to when: from the changes of its Sprint field, and from
 * what the field holds for an issue that was made in its sprint. A history is needed whole.
 *
 * <p>An issue stays in a sprint that is closed while it is in it.
 */
final class JiraSprintItems {

  private static final Pattern PRINTED = Pattern.compile("[\\[,]id=(\\d+)");

  private JiraSprintItems() {}

  private record Change(Instant at, Set<String> from, Set<String> to) {}

  /**
   * What of a history is about sprints, in a form that {@link #raw} takes.
   *
   * @param field id of the field that holds sprints
   */
  static Optional<JsonNode> of(JsonNode history, String field) {
    var items = SourceJson.MAPPER.createArrayNode();
    for (var item : history.path("items")) {
      if (item.path("fieldId").asString("").equals(field)) items.add(item);
    }
    if (items.isEmpty()) return Optional.empty();
    var part = SourceJson.MAPPER.createObjectNode();
    part.set("created", history.path("created"));
    return Optional.of(part.set("items", items));
  }

  /**
   * All that is known of an issue's sprints, as one record.
   *
   * @param now ids of the sprints that it is in
   * @param histories what of its history is about sprints
   */
  static JsonNode raw(String issue, String field, String now, JsonNode histories) {
    var raw = SourceJson.MAPPER.createObjectNode();
    raw.put("issueId", issue).put("now", now).put("fieldId", field);
    return raw.set("changeHistories", histories);
  }

  /** Turns what {@link #raw} made into rows. */
  static void map(JsonNode raw, Page.Builder page) {
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
    // Without a history nothing says that earlier stays were none.
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
