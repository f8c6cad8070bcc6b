package dev.pulse.local.github;

import dev.pulse.local.Exchange;
import dev.pulse.local.Requests;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.faults.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** GraphQL over HTTP: nearly everything that goes wrong still comes with status 200. */
final class GraphQlCalls {

  static final String TOO_FAST =
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

  private static final List<String> SPOILED = List.of("pullRequests", "issues", "deployments");

  private final String source;
  private final Hub hub;
  private final Faults faults;
  private final Requests requests;
  private final GraphQlEndpoint endpoint;

  GraphQlCalls(String source, Hub hub, Faults faults, Requests requests) {
    this.source = source;
    this.hub = hub;
    this.faults = faults;
    this.requests = requests;
    this.endpoint = new GraphQlEndpoint(hub);
  }

  /** A request's body; unknown members are ignored. */
  private record Call(
      @Nullable String query,
      @Nullable String operationName,
      @Nullable Map<String, Object> variables) {}

  Answer answer(Exchange exchange, String operation, Budget budget, Rights rights) {
    if (!exchange.method().equals("POST")) return Answer.error(404, "Not Found");
    var limited = strike(operation, Kind.GRAPHQL_RATE_LIMITED);
    if (limited != null) return slowDown(limited);
    Call call;
    try {
      call = Exchange.JSON.readValue(exchange.body(), Call.class);
    } catch (JacksonException _) {
      return Answer.error(400, "Problems parsing JSON");
    }
    if (call == null || call.query() == null) {
      return errors("", "A query attribute must be specified and must be a string.");
    }
    Map<String, Object> variables = call.variables() == null ? Map.of() : call.variables();
    if (variables.containsKey("after") && strike(operation, Kind.EXPIRED_TOKEN) != null) {
      return errors("", "`" + variables.get("after") + "` does not appear to be a valid cursor.");
    }
    if (tooBig(operation, variables)) return new Answer(502, Map.of(), "502 Bad Gateway");
    var outcome = endpoint.run(call.query(), call.operationName(), variables, budget, rights);
    requests.points(source + " " + operation, outcome.points());
    spoil(operation, outcome.body());
    return Budgets.withStanding(Answer.ok(outcome.body()), budget.standing(hub.now()));
  }

  /** The largest number among the variables of a query is its page size. */
  private boolean tooBig(String operation, Map<String, Object> variables) {
    long size =
        variables.values().stream()
            .filter(Number.class::isInstance)
            .mapToLong(value -> ((Number) value).longValue())
            .max()
            .orElse(0);
    return faults.all().stream()
        .filter(fault -> fault.kind() == Kind.BAD_GATEWAY_ON_BIG_PAGES)
        .filter(fault -> fault.number() != null && size > fault.number())
        .anyMatch(fault -> strike(operation, Kind.BAD_GATEWAY_ON_BIG_PAGES) != null);
  }

  private Answer slowDown(Fault fault) {
    var answer = errors("RATE_LIMITED", TOO_FAST);
    if (fault.number() == null) return answer;
    requests.forbidFor(fault.number());
    return answer.with("Retry-After", fault.number().toString());
  }

  private static Answer errors(String type, String message) {
    var error =
        type.isEmpty() ? Map.of("message", message) : Map.of("type", type, "message", message);
    return Answer.ok(Map.of("errors", List.of(error)));
  }

  private void spoil(String operation, Map<String, Object> body) {
    if (!(body.get("data") instanceof Map<?, ?> data)) return;
    for (var member : data.values()) {
      if (!(member instanceof Map<?, ?> node)) continue;
      for (var list : SPOILED) {
        if (node.get(list) instanceof Map<?, ?> page) spoil(operation, list, page, body);
      }
    }
  }

  @SuppressWarnings("unchecked") // the executed result: maps of maps
  private void spoil(String operation, String list, Map<?, ?> page, Map<String, Object> body) {
    if (!(page.get("nodes") instanceof List<?> nodes)) return;
    List<?> spoiled = nodes;
    for (var kind : List.of(Kind.DUPLICATES, Kind.REORDERED, Kind.UNREADABLE)) {
      if (strike(operation, kind) != null) spoiled = Spoiled.list(spoiled, kind);
    }
    if (strike(operation, Kind.GRAPHQL_TOO_HEAVY) != null) {
      spoiled = cutShort(spoiled, list, body);
    }
    ((Map<String, Object>) page).put("nodes", spoiled);
  }

  /** The later half of a page is null, with an error for each. */
  private static List<@Nullable Object> cutShort(
      List<?> nodes, String list, Map<String, Object> body) {
    var kept = new ArrayList<@Nullable Object>(nodes);
    var errors = new ArrayList<Object>();
    for (int index = nodes.size() / 2; index < nodes.size(); index++) {
      kept.set(index, null);
      errors.add(
          Map.of(
              "type", "RESOURCE_LIMITS_EXCEEDED",
              "message", "Resource limits for this query exceeded.",
              "path", List.of("node", list, "nodes", index)));
    }
    body.put("errors", errors);
    return kept;
  }

  private @Nullable Fault strike(String operation, Kind kind) {
    return faults.strike(source, operation, "", kind).orElse(null);
  }
}
