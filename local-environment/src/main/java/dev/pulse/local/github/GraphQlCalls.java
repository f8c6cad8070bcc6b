package dev.pulse.local.github;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over HTTP: nearly everything that goes wrong still comes with status 200. */
final class GraphQlCalls {
  private static final long HEAVY_NODES = 10_000;
  private static final String TOO_FAST =
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  private static final String BAD_GATEWAY =
      "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad"
          + " Gateway</h1></body></html>";

  private final Hub hub;
  private final JsonMapper json;
  private final Set<GitHubFault> faults;
  private final GraphQlEndpoint endpoint;

  GraphQlCalls(Hub hub, JsonMapper json, Set<GitHubFault> faults) {
    this.hub = hub;
    this.json = json;
    this.faults = faults;
    this.endpoint = new GraphQlEndpoint(hub);
  }

  /** A request's body; unknown members are ignored. */
  private record Call(
      @Nullable String query,
      @Nullable String operationName,
      @Nullable Map<String, Object> variables) {}

  Answer answer(HttpExchange exchange, Budget budget) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.error(404, "Not Found");
    }
    if (faults.contains(GitHubFault.SECONDARY_LIMIT)) {
      return Budgets.withStanding(slowDown(200), budget.standing(hub.now()));
    }
    Call call;
    try (InputStream body = exchange.getRequestBody()) {
      call = json.readValue(body, Call.class);
    } catch (JacksonException _) {
      return Answer.error(400, "Problems parsing JSON");
    }
    if (call == null || call.query() == null) {
      return Answer.ok(
          Map.of(
              "errors",
              List.of(
                  Map.of("message", "A query attribute must be specified and must be a string."))));
    }
    Map<String, Object> variables = call.variables() == null ? Map.of() : call.variables();
    GraphQlEndpoint.Outcome outcome =
        endpoint.run(call.query(), call.operationName(), variables, budget);
    return Budgets.withStanding(troubled(outcome), budget.standing(hub.now()));
  }

  private Answer troubled(GraphQlEndpoint.Outcome outcome) {
    boolean heavy = outcome.nodes() > HEAVY_NODES;
    if (heavy && faults.contains(GitHubFault.BAD_GATEWAY_ON_HEAVY_PAGES)) {
      return new Answer(502, Map.of(), BAD_GATEWAY);
    }
    if (heavy && faults.contains(GitHubFault.RESOURCE_LIMITS_ON_HEAVY_PAGES)) {
      cutShort(outcome.body());
    }
    return Answer.ok(outcome.body());
  }

  /** Too much at once: REST says 403, GraphQL 200. */
  static Answer slowDown(int status) {
    Map<String, Object> body =
        status == 200
            ? Map.of("errors", List.of(Map.of("type", "RATE_LIMITED", "message", TOO_FAST)))
            : Map.of("message", TOO_FAST, "documentation_url", Answer.DOCUMENTATION);
    return new Answer(status, Map.of("Retry-After", "60"), body);
  }

  @SuppressWarnings("unchecked") // the executed result: maps of maps
  private static void cutShort(Map<String, Object> body) {
    if (body.get("data") instanceof Map<?, ?> data
        && data.get("repository") instanceof Map<?, ?> repository
        && repository.get("pullRequests") instanceof Map<?, ?> page
        && page.get("nodes") instanceof List<?> nodes) {
      List<@Nullable Object> kept = new ArrayList<>(nodes);
      List<Object> errors = new ArrayList<>();
      for (int index = (nodes.size() + 1) / 2; index < nodes.size(); index++) {
        kept.set(index, null);
        List<Object> path = List.of("repository", "pullRequests", "nodes", index);
        String message = "Resource limits for this query exceeded.";
        errors.add(new Refusal("RESOURCE_LIMITS_EXCEEDED", message, path, null).toSpecification());
      }
      ((Map<String, Object>) page).put("nodes", kept);
      body.put("errors", errors);
    }
  }
}
