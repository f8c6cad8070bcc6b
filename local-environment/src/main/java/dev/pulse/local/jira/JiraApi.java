package dev.pulse.local.jira;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Jira Cloud, REST version 3. Every call needs basic authentication with any e-mail address and
 * {@link Simulator#TOKEN}.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/">the API</a>
 */
public final class JiraApi implements Api {

  private static final Pattern ISSUE_PART =
      Pattern.compile("/rest/api/3/issue/(\\w+-?\\d+|\\d+)/(changelog|comment)");
  private static final int IDS_PAGE = 5_000;
  private static final int FIELDS_PAGE = 100;

  private final World world;
  private final Faults faults;
  private final IssueSearch search;

  public JiraApi(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
    this.search = new IssueSearch(world);
  }

  /** Changes younger than this are not found by searches yet. */
  public void indexLag(Duration lag) {
    search.indexLag(lag);
  }

  @Override
  public String name() {
    return "jira";
  }

  @Override
  public String operation(Exchange exchange) {
    var path = exchange.path();
    var part = ISSUE_PART.matcher(path);
    if (part.matches()) return "issue/" + part.group(2);
    return path.replaceFirst("^/rest/api/3/", "");
  }

  @Override
  public Answer answer(Exchange exchange, String operation) {
    exchange.answerHeader("X-AREQUESTID", Integer.toHexString(exchange.hashCode()));
    if (operation.equals("serverInfo")) return exchange.answer(200, serverInfo());
    if (!authorized(exchange)) return refusal(exchange, 401);
    try {
      return switch (operation) {
        case "myself" -> json(out -> writer().user(out, world.people().getFirst()));
        case "project/search" -> projects(exchange);
        case "field" -> exchange.answer(200, JiraFields.ALL);
        case "status" -> statuses();
        case "issuetype" -> exchange.answer(200, issueTypes());
        case "users/search", "users" -> users(exchange);
        case "search/jql" -> search(exchange);
        case "search/approximate-count" ->
            exchange.answer(
                200, Map.of("count", search.count(jql(exchange.json().path("jql").asString("")))));
        case "changelog/bulkfetch" -> histories(exchange);
        case "issue/changelog", "issue/comment" -> part(exchange);
        case "search", "/rest/api/2/search" -> refusal(exchange, 410);
        default -> refusal(exchange, 404);
      };
    } catch (Jql.Refused e) {
      return error(exchange, 400, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Answer refusal(Exchange exchange, int status) {
    return switch (status) {
      case 401 -> {
        exchange.answerHeader("WWW-Authenticate", "OAuth realm=\"https%3A%2F%2Facme.example\"");
        yield new Answer(
            401,
            "text/plain;charset=UTF-8",
            "Client must be authenticated to access this resource."
                .getBytes(StandardCharsets.UTF_8));
      }
      case 403, FORBIDDEN ->
          error(exchange, 403, "You do not have permission to view this resource.");
      case 404 ->
          error(exchange, 404, "Issue does not exist or you do not have permission to see it.");
      case 410 ->
          error(
              exchange,
              410,
              "The requested API has been removed. Please migrate to the /rest/api/3/search/jql"
                  + " API.");
      default -> {
        exchange.answerHeader("RateLimit-Reason", "jira-burst-based");
        yield error(exchange, status, "Rate limit exceeded.");
      }
    };
  }

  private static Answer error(Exchange exchange, int status, String message) {
    return exchange.answer(status, Map.of("errorMessages", List.of(message), "errors", Map.of()));
  }

  private static boolean authorized(Exchange exchange) {
    var given = exchange.header("Authorization").orElse("");
    if (!given.startsWith("Basic ")) return false;
    try {
      var pair = new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8);
      return pair.contains("@") && pair.endsWith(":" + Simulator.TOKEN);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Map<String, Object> serverInfo() {
    return Map.of(
        "baseUrl", "https://acme.example",
        "version", "1001.0.0-SNAPSHOT",
        "versionNumbers", List.of(1001, 0, 0),
        "deploymentType", "Cloud",
        "buildNumber", 100_300,
        "serverTitle", "Jira");
  }

  private Answer projects(Exchange exchange) {
    int from = exchange.query("startAt", 0);
    int limit = Math.clamp(exchange.query("maxResults", 50), 1, 100);
    var wanted = exchange.query("query").orElse("").toLowerCase(Locale.ROOT);
    var all =
        world.projects().stream()
            .filter(
                each -> (each.key() + " " + each.name()).toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    int to = Math.min(all.size(), from + limit);
    return json(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("self", "https://acme.example/rest/api/3/project/search");
          out.writeNumberProperty("maxResults", limit);
          out.writeNumberProperty("startAt", from);
          out.writeNumberProperty("total", all.size());
          out.writeBooleanProperty("isLast", to == all.size());
          out.writeArrayPropertyStart("values");
          all.subList(Math.min(from, to), to).forEach(project -> writer().project(out, project));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static Answer statuses() {
    return json(
        out -> {
          out.writeStartArray();
          for (int i = 0; i < JiraJson.STATUSES.size(); i++) {
            out.writeStartObject();
            writer().statusBody(out, i);
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private static List<Map<String, Object>> issueTypes() {
    var types = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < JiraJson.TYPES.size(); i++) {
      types.add(
          Map.of(
              "id",
              Integer.toString(10_100 + i),
              "name",
              JiraJson.TYPES.get(i),
              "description",
              "",
              "subtask",
              false,
              "hierarchyLevel",
              JiraJson.TYPES.get(i).equals("Epic") ? 1 : 0));
    }
    return types;
  }

  private Answer users(Exchange exchange) {
    int from = exchange.query("startAt", 0);
    int limit = Math.clamp(exchange.query("maxResults", 50), 1, 1_000);
    var all = world.people();
    int to = Math.min(all.size(), from + limit);
    return json(
        out -> {
          out.writeStartArray();
          all.subList(Math.min(from, to), to).forEach(person -> writer().user(out, person));
          out.writeEndArray();
        });
  }

  private Answer search(Exchange exchange) {
    var body = exchange.method().equals("POST") ? exchange.json() : null;
    var jql = jql(text(exchange, body, "jql"));
    if (!jql.bounded()) {
      throw new Jql.Refused(
          "Unbounded JQL queries are not allowed here. Please add a search restriction to your"
              + " query.");
    }
    var fields = fields(exchange, body);
    boolean idsOnly = Set.of("id", "key").containsAll(fields);
    int asked = body == null ? exchange.query("maxResults", 50) : body.path("maxResults").asInt(50);
    int limit = Math.clamp(asked, 1, idsOnly ? IDS_PAGE : FIELDS_PAGE);
    var token = text(exchange, body, "nextPageToken");
    if (!token.isEmpty() && strikes(exchange, Kind.EXPIRED_TOKEN))
      return error(exchange, 400, "The provided next page token is invalid or expired.");
    var found = search.find(jql, token.isEmpty() ? null : after(token), limit);
    var issues = new ArrayList<>(found.issues());
    if (!issues.isEmpty() && strikes(exchange, Kind.DUPLICATES)) issues.add(issues.getFirst());
    if (strikes(exchange, Kind.REORDERED)) Collections.reverse(issues);
    boolean spoil = strikes(exchange, Kind.UNREADABLE) && !issues.isEmpty();
    int spoiled = spoil ? issues.getFirst().index() : -1;
    return json(
        out -> {
          out.writeStartObject();
          out.writeArrayPropertyStart("issues");
          for (var issue : issues) writer().issue(out, issue, fields, issue.index() == spoiled);
          out.writeEndArray();
          out.writeBooleanProperty("isLast", found.next() == null);
          if (found.next() != null) out.writeStringProperty("nextPageToken", token(found.next()));
          out.writeEndObject();
        });
  }

  private Answer histories(Exchange exchange) {
    var body = exchange.json();
    var issues = new ArrayList<Issue>();
    for (var each : body.path("issueIdsOrKeys")) {
      var issue = find(each.asString());
      if (issue != null) issues.add(issue);
    }
    if (body.path("issueIdsOrKeys").size() > 1_000)
      throw new Jql.Refused("Too many issues: the limit is 1000.");
    if (body.path("fieldIds").size() > 10)
      throw new Jql.Refused("Too many fields: the limit is 10.");
    int limit = Math.clamp(body.path("maxResults").asInt(1_000), 1, 10_000);
    int from =
        (int) after(body.path("nextPageToken").asString(token(new Order(Instant.EPOCH, 0)))).id();
    record Entry(Issue issue, Issue.Change change) {}
    var entries =
        issues.stream()
            .flatMap(issue -> issue.changes().stream().map(change -> new Entry(issue, change)))
            .sorted(
                Comparator.comparing((Entry each) -> each.change.at())
                    .thenComparingLong(each -> each.issue.id()))
            .toList();
    int to = Math.min(entries.size(), from + limit);
    var shown = new LinkedHashMap<Issue, List<Issue.Change>>();
    for (var each : entries.subList(Math.min(from, to), to)) {
      shown.computeIfAbsent(each.issue, issue -> new ArrayList<>()).add(each.change);
    }
    return json(
        out -> {
          out.writeStartObject();
          out.writeArrayPropertyStart("issueChangeLogs");
          shown.forEach(
              (issue, changes) -> {
                out.writeStartObject();
                out.writeStringProperty("issueId", Long.toString(issue.id()));
                out.writeArrayPropertyStart("changeHistories");
                changes.forEach(change -> writer().history(out, change, true));
                out.writeEndArray();
                out.writeEndObject();
              });
          out.writeEndArray();
          if (to < entries.size())
            out.writeStringProperty("nextPageToken", token(new Order(Instant.EPOCH, to)));
          out.writeEndObject();
        });
  }

  private Answer part(Exchange exchange) {
    Matcher matcher = ISSUE_PART.matcher(exchange.path());
    var issue = matcher.matches() ? find(matcher.group(1)) : null;
    if (issue == null) return refusal(exchange, 404);
    int from = exchange.query("startAt", 0);
    int limit = Math.clamp(exchange.query("maxResults", 100), 1, 100);
    if (matcher.group(2).equals("comment")) {
      return json(
          out -> {
            out.writeStartObject();
            writer().comments(out, issue, from, limit);
            out.writeEndObject();
          });
    }
    int to = Math.min(issue.changes().size(), from + limit);
    return json(
        out -> {
          out.writeStartObject();
          out.writeNumberProperty("startAt", from);
          out.writeNumberProperty("maxResults", limit);
          out.writeNumberProperty("total", issue.changes().size());
          out.writeBooleanProperty("isLast", to == issue.changes().size());
          out.writeArrayPropertyStart("values");
          issue
              .changes()
              .subList(Math.min(from, to), to)
              .forEach(change -> writer().history(out, change, false));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private @Nullable Issue find(String idOrKey) {
    int index;
    if (idOrKey.matches("\\d{1,9}")) {
      index = Integer.parseInt(idOrKey) - 10_000;
    } else {
      var parts = idOrKey.split("-", 2);
      var project =
          world.projects().stream().filter(each -> each.key().equals(parts[0])).findFirst();
      if (project.isEmpty() || parts.length < 2 || !parts[1].matches("\\d{1,9}")) return null;
      index = (Integer.parseInt(parts[1]) - 1) * world.projects().size() + project.get().index();
    }
    return index < 0 || index >= world.issueCount() || world.deleted(index)
        ? null
        : world.issue(index);
  }

  private static Jql jql(String text) {
    return Jql.parse(text, JiraJson.ZONE);
  }

  private boolean strikes(Exchange exchange, Kind kind) {
    return faults.strike(name(), operation(exchange), "", kind).isPresent();
  }

  /** Only the id if nothing is asked for. */
  private static Set<String> fields(Exchange exchange, @Nullable JsonNode body) {
    var fields = new LinkedHashSet<String>();
    if (body == null) {
      for (var field : exchange.query("fields").orElse("").split(",")) fields.add(field.strip());
    } else {
      for (var field : body.path("fields")) fields.add(field.asString());
    }
    fields.remove("");
    return fields.isEmpty() ? Set.of("id") : fields;
  }

  private static String text(Exchange exchange, @Nullable JsonNode body, String name) {
    return body == null ? exchange.query(name).orElse("") : body.path(name).asString("");
  }

  private static String token(Order order) {
    var text = order.at().toEpochMilli() + ":" + order.id();
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Order after(String token) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":");
      return new Order(Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new Jql.Refused("The provided next page token is invalid or expired.");
    }
  }

  private static JiraJson writer() {
    return new JiraJson("https://acme.example");
  }

  private static Answer json(JiraJson.Body body) {
    return new Answer(200, "application/json;charset=UTF-8", JiraJson.bytes(body));
  }
}
