package dev.pulse.local.jira;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jira Cloud, REST version 3. Every call needs basic authentication with any e-mail address and
 * {@link Simulator#TOKEN}.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/">the API</a>
 */
public final class JiraApi implements Api {

  private final World world;
  private final IssueCalls issues;
  private final AgileCalls agile;
  private final WorkCalls work;
  private final Grants grants = new Grants();
  private volatile @Nullable BurstLimit limit;

  public JiraApi(World world, Faults faults) {
    this.world = world;
    this.issues = new IssueCalls(world, faults);
    this.agile = new AgileCalls(world);
    this.work = new WorkCalls(world);
  }

  /** Changes younger than this are not found by searches yet. */
  public void indexLag(Duration lag) {
    issues.index().indexLag(lag);
  }

  /** Work logged, changed or deleted is told after this time; a minute unless set. */
  public void worklogSilence(Duration span) {
    work.silence(span);
  }

  /** How many changes of work a page tells; a thousand unless set. */
  public void worklogPage(int changes) {
    work.pageSize(changes);
  }

  /** Ends the access token that the app has: it must renew it. */
  public void expireAccessToken() {
    grants.expire();
  }

  /** How often tokens were renewed. */
  public int renewals() {
    return grants.renewals();
  }

  /** Sets how many requests of each operation are answered in a while; without, there is no end. */
  public void allow(int requests, Duration window) {
    limit = BurstLimit.of(requests, window);
  }

  /** Takes the limit away. */
  public void allowAll() {
    limit = null;
  }

  @Override
  public String name() {
    return "jira";
  }

  @Override
  public String label() {
    return "Jira Cloud";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString(), "email", "demo@example.com");
  }

  @Override
  public Map<String, Long> fewestRequests() {
    return CheapestReading.of(world);
  }

  @Override
  public String operation(Exchange exchange) {
    var path = exchange.path();
    var part = IssueCalls.ISSUE_PART.matcher(path);
    if (part.matches()) return "issue/" + part.group(2);
    if (AgileCalls.VERSIONS.matcher(path).matches()) return "project/versions";
    var agileOperation = AgileCalls.operation(path);
    if (agileOperation != null) return agileOperation;
    return path.replaceFirst("^/rest/(api/[23]|agile/1.0)/", "");
  }

  @Override
  public Answer answer(Exchange exchange, String operation) {
    exchange.answerHeader("X-AREQUESTID", Integer.toHexString(exchange.hashCode()));
    if (operation.equals("serverInfo")) return exchange.answer(200, serverInfo());
    if (operation.equals("/oauth/token")) return grants.renew(exchange);
    if (!authorized(exchange)) return refusal(exchange, 401);
    var burst = limit;
    if (burst != null && !burst.take(exchange, operation, world.now()))
      return refusal(exchange, 429);
    return authorized(exchange, operation);
  }

  /** The answer to somebody whose token is good. */
  Answer authorized(Exchange exchange, String operation) {
    try {
      return switch (operation) {
        case "myself" -> json(out -> writer().user(out, world.people().getFirst()));
        case "project/search" -> projects(exchange);
        case "project/versions" -> agile.versions(exchange);
        case "field" -> exchange.answer(200, JiraFields.ALL);
        case "status" -> statuses();
        case "issuetype" -> exchange.answer(200, issueTypes());
        case "users/search", "users" -> users(exchange);
        case "search/jql" -> issues.search(exchange, operation);
        case "search/approximate-count" -> issues.count(exchange);
        case "issue/bulkfetch" -> issues.named(exchange);
        case "changelog/bulkfetch" -> issues.histories(exchange);
        case "issue/changelog", "issue/comment", "issue/worklog", "issue/remotelink" ->
            issues.part(exchange);
        case PointerCalls.PANEL -> issues.panel(exchange);
        case "worklog/updated" -> work.updated(exchange);
        case "worklog/deleted" -> work.deleted(exchange);
        case "worklog/list" -> work.named(exchange);
        case "board" -> agile.boards(exchange);
        case "board/sprint" -> agile.sprints(exchange);
        case "board/id" -> agile.board(exchange);
        case "sprint/id" -> agile.sprint(exchange);
        case "search" -> refusal(exchange, 410);
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

  static Answer error(Exchange exchange, int status, String message) {
    return exchange.answer(status, Map.of("errorMessages", List.of(message), "errors", Map.of()));
  }

  IssueCalls issues() {
    return issues;
  }

  private boolean authorized(Exchange exchange) {
    var given = exchange.header("Authorization").orElse("");
    if (grants.accepts(given)) return true;
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
            .filter(each -> !world.visibility().hidden(each))
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
              Integer.toString(2_101 + i),
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

  static JiraJson writer() {
    return new JiraJson("https://acme.example");
  }

  static Answer json(JiraJson.Body body) {
    return new Answer(200, "application/json;charset=UTF-8", JiraJson.bytes(body));
  }
}
