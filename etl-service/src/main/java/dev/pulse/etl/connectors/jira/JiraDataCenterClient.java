package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.platform.http.SourceHttp;
import dev.pulse.etl.platform.json.SourceJson;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks Jira Data Center for what the streams ask of Jira Cloud, and gives it in the form of Cloud:
 * version 2 of the API has the same records, but not the calls that Cloud made for many at once.
 *
 * <p>What it gives differs from Cloud in this, which the mappers know: people have keys, texts are
 * wiki markup, and sprints in fields are printed objects.
 */
final class JiraDataCenterClient extends JiraClient {

  private static final Pattern HISTORY = Pattern.compile("issue/([^/]+)/changelog");

  /** Histories come whole, with their issues: a page of them is soon large. */
  private static final int HISTORIES = 50;

  private @Nullable Map<String, String> fieldIds;

  JiraDataCenterClient(
      URI site, JiraAuthorization authorization, SourceHttp http, Budgets budgets) {
    super(site, "/rest/api/2/", authorization, http, budgets);
  }

  /** A batch is a page, so that a run that dies reads no more than that again. */
  @Override
  int historiesAtOnce() {
    return HISTORIES;
  }

  @Override
  double requestsPerIssue() {
    return 0.035;
  }

  @Override
  Reply get(String path, Map<String, Object> query) throws InterruptedException {
    return switch (path) {
      case "project/search" -> projects(query);
      case "users/search" -> people(query);
      default -> super.get(path, query);
    };
  }

  @Override
  Optional<Reply> find(String path, Map<String, Object> query) throws InterruptedException {
    var history = HISTORY.matcher(path);
    if (!history.matches()) return super.find(path, query);
    var asked = Map.<String, Object>of("expand", "changelog", "fields", "id");
    var found = super.find("issue/" + history.group(1), asked);
    if (found.isEmpty()) return found;
    var all = SourceJson.MAPPER.createObjectNode().put("isLast", true);
    all.set("values", historyOf(found.get().json()));
    return Optional.of(like(found.get(), all));
  }

  @Override
  Reply post(String path, Object body) throws InterruptedException {
    JsonNode asked = SourceJson.MAPPER.valueToTree(body);
    return switch (path) {
      case "search/jql" -> search(asked);
      case "search/approximate-count" -> count(asked);
      case "issue/bulkfetch" -> named(asked.path("issueIdsOrKeys"), asked.path("fields"), "");
      case "changelog/bulkfetch" -> histories(asked);
      default -> super.post(path, body);
    };
  }

  private Reply search(JsonNode asked) throws InterruptedException {
    var at = JiraOffset.of(JiraJson.text(asked, "nextPageToken"));
    var jql = asked.path("jql").asString("");
    var order = JiraOffset.order(jql);
    var fields = new LinkedHashSet<String>();
    for (var field : asked.path("fields")) fields.add(field.asString());
    fields.add(order);
    var body = new HashMap<String, Object>();
    body.put("jql", at.bounded(jql));
    body.put("startAt", at.startAt());
    body.put("maxResults", asked.path("maxResults").asInt(50));
    body.put("fields", fields);
    var reply = super.post("search", body);
    var issues = reply.list("issues");
    var page = SourceJson.MAPPER.createObjectNode();
    page.set("issues", issues);
    int read = at.startAt() + JiraOffset.distinct(issues);
    boolean last = issues.isEmpty() || read >= reply.json().path("total").asInt(0);
    page.put("isLast", last);
    if (!last) page.put("nextPageToken", at.after(issues, order, reply.servedAt()).token());
    return like(reply, page);
  }

  private Reply count(JsonNode asked) throws InterruptedException {
    var body = Map.of("jql", asked.path("jql").asString(""), "maxResults", 0);
    var reply = super.post("search", body);
    var count = SourceJson.MAPPER.createObjectNode();
    count.set("count", reply.json().path("total"));
    return like(reply, count);
  }

  /**
   * Issues by id; those that are absent or hidden are left out, since nothing is validated. A
   * server may show fewer at once than it is asked for.
   *
   * @throws SourceUnavailable if it does not show all that it has of them: none may look absent
   */
  private Reply named(JsonNode ids, JsonNode fields, String expand) throws InterruptedException {
    var in = ids.valueStream().map(JsonNode::asString).filter(id -> id.matches("\\d+")).toList();
    var body = new HashMap<String, Object>();
    body.put("jql", "id in (" + (in.isEmpty() ? "0" : String.join(",", in)) + ") order by key asc");
    body.put("validateQuery", false);
    body.put("maxResults", Math.max(1, in.size()));
    body.put("fields", fields.isEmpty() ? List.of("id") : fields);
    if (!expand.isEmpty()) body.put("expand", List.of(expand));
    var first = super.post("search", body);
    var issues = SourceJson.MAPPER.createArrayNode().addAll(elements(first));
    long total = total(first);
    while (JiraOffset.distinct(issues) < total) {
      int read = JiraOffset.distinct(issues);
      body.put("startAt", read);
      var more = super.post("search", body);
      issues.addAll(elements(more));
      if (total(more) != total || JiraOffset.distinct(issues) == read) {
        throw new SourceUnavailable("Jira does not show all issues that it finds", null);
      }
    }
    return like(first, SourceJson.MAPPER.createObjectNode().set("issues", issues));
  }

  private static List<JsonNode> elements(Reply search) {
    return search.list("issues").valueStream().toList();
  }

  private static long total(Reply search) {
    var total = search.json().path("total");
    if (total.canConvertToLong()) return total.longValue();
    throw new SourceUnavailable("Jira does not say how many issues it finds", null);
  }

  /** The histories of some of the issues; the token says how many were asked for before. */
  private Reply histories(JsonNode asked) throws InterruptedException {
    int from = Integer.parseInt(asked.path("nextPageToken").asString("0"));
    var ids = asked.path("issueIdsOrKeys");
    int to = Math.min(ids.size(), from + HISTORIES);
    var some = SourceJson.MAPPER.createArrayNode();
    for (int i = from; i < to; i++) some.add(ids.get(i));
    var reply = named(some, SourceJson.MAPPER.createArrayNode(), "changelog");
    var page = SourceJson.MAPPER.createObjectNode();
    var logs = page.putArray("issueChangeLogs");
    for (var issue : reply.list("issues")) {
      logs.addObject()
          .put("issueId", issue.path("id").asString(""))
          .set("changeHistories", historyOf(issue));
    }
    if (to < ids.size()) page.put("nextPageToken", Integer.toString(to));
    return like(reply, page);
  }

  /** The history of an issue, with the ids of fields that older versions only name. */
  private ArrayNode historyOf(JsonNode issue) throws InterruptedException {
    var histories = SourceJson.MAPPER.createArrayNode();
    for (var history : issue.path("changelog").path("histories")) {
      for (var item : history.path("items")) {
        var name = item.path("field").asString("");
        if (!item.path("fieldId").isString() && item instanceof ObjectNode open) {
          open.put("fieldId", fieldIds().getOrDefault(name, name));
        }
      }
      histories.add(history);
    }
    return histories;
  }

  private synchronized Map<String, String> fieldIds() throws InterruptedException {
    if (fieldIds == null) {
      var ids = new HashMap<String, String>();
      for (var field : super.get("field", Map.of()).list()) {
        ids.put(field.path("name").asString(""), field.path("id").asString(""));
      }
      fieldIds = ids;
    }
    return fieldIds;
  }

  /** All projects at once, since Data Center has no pages of them. */
  private Reply projects(Map<String, Object> query) throws InterruptedException {
    var reply = super.get("project", Map.of("expand", "lead"));
    var wanted = query.getOrDefault("query", "").toString().toLowerCase(Locale.ROOT);
    var page = SourceJson.MAPPER.createObjectNode().put("isLast", true);
    var values = page.putArray("values");
    for (var project : reply.list()) {
      var name = project.path("key").asString("") + " " + project.path("name").asString("");
      if (name.toLowerCase(Locale.ROOT).contains(wanted)) values.add(project);
    }
    return like(reply, page.put("total", values.size()));
  }

  /** A point stands for everybody. */
  private Reply people(Map<String, Object> query) throws InterruptedException {
    var asked = new HashMap<>(query);
    asked.put("username", ".");
    asked.put("includeInactive", true);
    return super.get("user/search", asked);
  }

  private static Reply like(Reply reply, JsonNode json) {
    return new Reply(reply.operation(), json, reply.servedAt());
  }
}
