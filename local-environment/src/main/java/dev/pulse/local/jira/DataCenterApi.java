package dev.pulse.local.jira;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.Issue;
import dev.pulse.local.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jira Data Center, REST version 2. Every call needs {@link Simulator#TOKEN} as a personal access
 * token.
 *
 * @see <a href="https://docs.atlassian.com/software/jira/docs/api/REST/9.17.0/">the API</a>
 */
public final class DataCenterApi implements Api {

  private static final Pattern ONE_ISSUE = Pattern.compile("/rest/api/2/issue/(\\d{1,9})");

  private final World world;
  private final Faults faults;
  private final JiraApi cloud;
  private volatile int mostIssues = 1_000;

  public DataCenterApi(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
    this.cloud = new JiraApi(world, faults);
  }

  /** Searches show no more at once, whatever is asked for; a thousand unless set. */
  public void mostIssues(int issues) {
    mostIssues = issues;
  }

  @Override
  public String name() {
    return "jira-data-center";
  }

  @Override
  public String label() {
    return "Jira Data Center";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString());
  }

  /** The same projects and issues as those of Jira Cloud. */
  @Override
  public boolean shownElsewhere() {
    return true;
  }

  @Override
  public String operation(Exchange exchange) {
    if (exchange.path().equals("/rest/api/2/user/search")) return "people";
    return ONE_ISSUE.matcher(exchange.path()).matches() ? "issue" : cloud.operation(exchange);
  }

  @Override
  public Answer answer(Exchange exchange, String operation) {
    if (operation.equals("serverInfo")) return exchange.answer(200, serverInfo());
    if (!exchange.header("Authorization").orElse("").equals("Bearer " + Simulator.TOKEN))
      return refusal(exchange, 401);
    try {
      return switch (operation) {
        case "search" -> search(exchange);
        case "issue" -> issue(exchange);
        case "project" -> projects(exchange);
        case "people" -> people(exchange);
        // What only Cloud has.
        case "search/jql",
            "search/approximate-count",
            "issue/bulkfetch",
            "changelog/bulkfetch",
            "issue/changelog",
            "project/search",
            "users/search",
            "users" ->
            refusal(exchange, 404);
        default -> DataCenterForm.of(cloud.authorized(exchange, operation));
      };
    } catch (Jql.Refused e) {
      return JiraApi.error(exchange, 400, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Answer refusal(Exchange exchange, int status) {
    if (status == 401) {
      exchange.answerHeader("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
      return JiraApi.error(exchange, 401, "You are not authenticated.");
    }
    return cloud.refusal(exchange, status);
  }

  private static Map<String, Object> serverInfo() {
    return Map.of(
        "baseUrl", "https://jira.acme.example",
        "version", "9.17.1",
        "versionNumbers", List.of(9, 17, 1),
        "deploymentType", "Server",
        "buildNumber", 9_170_001,
        "serverTitle", "Jira");
  }

  private Answer projects(Exchange exchange) {
    var all = Exchange.JSON.createArrayNode();
    for (var project : world.projects()) {
      if (!world.visibility().hidden(project))
        all.add(tree(out -> JiraApi.writer().project(out, project)));
    }
    return DataCenterForm.of(exchange.answer(200, all));
  }

  private Answer people(Exchange exchange) {
    int from = exchange.query("startAt", 0);
    int to =
        Math.min(
            world.people().size(), from + Math.clamp(exchange.query("maxResults", 50), 1, 1_000));
    var all = Exchange.JSON.createArrayNode();
    for (int i = from; i < to; i++) {
      var person = world.people().get(i);
      all.add(tree(out -> JiraApi.writer().user(out, person)));
    }
    return DataCenterForm.of(exchange.answer(200, all));
  }

  private Answer issue(Exchange exchange) {
    var matcher = ONE_ISSUE.matcher(exchange.path());
    var found = matcher.matches() ? cloud.issues().find(matcher.group(1)) : null;
    if (found == null) return refusal(exchange, 404);
    boolean history = exchange.query("expand").orElse("").contains("changelog");
    return DataCenterForm.of(exchange.answer(200, issue(found, List.of("id"), history, false)));
  }

  private Answer search(Exchange exchange) {
    var body = exchange.json();
    var text = body.path("jql").asString("");
    var found = found(Jql.parse(text, JiraJson.ZONE), body.path("validateQuery").asBoolean(true));
    int from = body.path("startAt").asInt(0);
    int limit = Math.clamp(body.path("maxResults").asInt(50), 0, mostIssues);
    int to = Math.min(found.size(), from + limit);
    var page = new ArrayList<>(found.subList(Math.min(from, to), to));
    var sent = exchange.uri() + " " + new String(exchange.body(), StandardCharsets.UTF_8);
    if (!page.isEmpty() && strikes(sent, Kind.DUPLICATES)) page.add(page.getFirst());
    if (strikes(sent, Kind.REORDERED)) Collections.reverse(page);
    boolean spoil = !page.isEmpty() && strikes(sent, Kind.UNREADABLE);
    var fields = body.path("fields").valueStream().map(JsonNode::asString).toList();
    boolean history =
        body.path("expand").valueStream().anyMatch(e -> e.asString().equals("changelog"));
    var answer = Exchange.JSON.createObjectNode();
    answer.put("startAt", from).put("maxResults", limit).put("total", found.size());
    var issues = answer.putArray("issues");
    for (int i = 0; i < page.size(); i++)
      issues.add(issue(page.get(i), fields, history, spoil && i == 0));
    return DataCenterForm.of(exchange.answer(200, answer));
  }

  private List<Issue> found(Jql jql, boolean validate) {
    if (!jql.keys().isEmpty()) {
      var named = jql.keys().stream().map(cloud.issues()::find).toList();
      if (validate && named.contains(null))
        throw new Jql.Refused("A value with ID does not exist for the field 'id'.");
      return named.stream().filter(Objects::nonNull).toList();
    }
    return cloud.issues().index().find(jql, null, Integer.MAX_VALUE).issues();
  }

  private ObjectNode issue(Issue issue, List<String> fields, boolean history, boolean spoiled) {
    var tree =
        (ObjectNode)
            tree(
                out ->
                    JiraApi.writer()
                        .issue(out, issue, world, new LinkedHashSet<>(fields), spoiled));
    if (!history) return tree;
    var all = Exchange.JSON.createArrayNode();
    for (var change : issue.changes())
      all.add(tree(out -> JiraApi.writer().history(out, change, false)));
    var changelog = tree.putObject("changelog");
    changelog.put("startAt", 0).put("maxResults", all.size()).put("total", all.size());
    changelog.set("histories", withoutFieldIds(all));
    return tree;
  }

  /** Older versions name fields only. */
  private static ArrayNode withoutFieldIds(ArrayNode histories) {
    for (var history : histories)
      for (var item : history.path("items")) ((ObjectNode) item).remove("fieldId");
    return histories;
  }

  private boolean strikes(String text, Kind kind) {
    return faults.strike(name(), "search", text, kind).isPresent();
  }

  private static JsonNode tree(JiraJson.Body body) {
    return Exchange.JSON.readTree(JiraJson.bytes(body));
  }
}
