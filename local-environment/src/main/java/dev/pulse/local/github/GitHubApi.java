package dev.pulse.local.github;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Requests;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * GitHub: GraphQL at {@code /graphql}, REST beside it. Who asks, what it costs, how the answer is
 * written; what there is to tell is told by the endpoints.
 */
public final class GitHubApi implements Api {

  private static final Set<String> VERSIONS = Set.of("2022-11-28", "2026-03-10");
  private static final Pattern OPERATION = Pattern.compile("\\bquery\\s+(\\w+)");

  private final World world;
  private final String name;
  private final Hub hub;
  private final GraphQlCalls graphQl;
  private final RestSpoiler spoiler;
  private volatile Budgets budgets = Budgets.of(GitHubSettings.STANDARD);

  public GitHubApi(World world, Faults faults, Requests requests) {
    this("github", world, faults, requests);
  }

  /** The same GitHub for callers that come another way, which has a name of its own. */
  GitHubApi(String name, World world, Faults faults, Requests requests) {
    this.name = name;
    this.world = world;
    this.hub = new Hub(world);
    this.graphQl = new GraphQlCalls(name, hub, faults, requests);
    this.spoiler = new RestSpoiler(name, faults);
  }

  /** Sets what the token may use in an hour, beginning now. */
  public void allow(int restPerHour, int pointsPerHour) {
    budgets = Budgets.of(new GitHubSettings(restPerHour, pointsPerHour));
  }

  /** Uses the allowances of this hour up. */
  public void exhaust() {
    budgets.exhaust(hub.now());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String label() {
    return "GitHub";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString(), "organization", "acme");
  }

  /** For GraphQL the name of the query; for REST the path without names and ids. */
  @Override
  public Map<String, Long> fewestRequests() {
    return CheapestReading.of(world);
  }

  @Override
  public String operation(Exchange exchange) {
    if (exchange.path().equals("/graphql")) {
      var query = OPERATION.matcher(new String(exchange.body(), StandardCharsets.UTF_8));
      return query.find() ? "graphql " + query.group(1) : "graphql";
    }
    return exchange
        .path()
        .replaceFirst("^/repos/[^/]+/[^/]+", "repos")
        .replaceFirst("/compare/.*$", "/compare")
        .replaceFirst("^/(orgs|users|repositories|organizations)/[^/]+", "$1")
        .replaceAll("/\\d+(?=/|$)", "/{id}")
        .replaceFirst("^/", "");
  }

  @Override
  public Exchange.Answer answer(Exchange exchange, String operation) {
    return written(exchange, asked(exchange, operation, GitHubApi::person));
  }

  @Override
  public Exchange.Answer refusal(Exchange exchange, int status) {
    return written(
        exchange,
        switch (status) {
          case 401 -> Answer.error(401, "Bad credentials");
          case 403 -> Answer.error(403, GraphQlCalls.TOO_FAST);
          case FORBIDDEN -> Answer.error(403, "Resource not accessible by personal access token");
          case 429 -> Answer.error(429, GraphQlCalls.TOO_FAST);
          default -> Answer.error(status, "Not Found");
        });
  }

  /** Knows a caller by a token, or does not. */
  interface Callers {
    @Nullable Rights rightsOf(String token);
  }

  static @Nullable Rights person(String token) {
    return token.equals(Simulator.TOKEN) ? Rights.ALL : null;
  }

  Answer asked(Exchange exchange, String operation, Callers callers) {
    var version = exchange.header("X-GitHub-Api-Version").orElse("2022-11-28");
    if (exchange.header("User-Agent").isEmpty()) {
      return Answer.error(
          403,
          "Request forbidden by administrative rules. Please make sure your request has a"
              + " User-Agent header.");
    }
    if (!VERSIONS.contains(version)) {
      return Answer.error(410, "Version '" + version + "' of the API is no longer supported.");
    }
    var token = token(exchange);
    var rights = token == null ? null : callers.rightsOf(token);
    if (rights == null) {
      return Answer.error(401, token == null ? "Requires authentication" : "Bad credentials");
    }
    var answer =
        exchange.path().equals("/graphql")
            ? graphQl.answer(exchange, operation, budgets.graphQl(), rights)
            : rest(exchange, operation, rights);
    return scoped(answer).with("X-GitHub-Api-Version-Selected", version);
  }

  private Answer rest(Exchange exchange, String operation, Rights rights) {
    var core = budgets.core();
    if (operation.equals("rate_limit")) {
      return budgets.told(Answer.ok(budgets.body(hub.now())), core, hub.now());
    }
    if (!exchange.method().equals("GET")) return Answer.error(404, "Not Found");
    if (core.standing(hub.now()).remaining() == 0) {
      var refused =
          Answer.error(
              403, "API rate limit exceeded for user ID " + hub.viewer().databaseId() + ".");
      return budgets.told(refused, core, hub.now());
    }
    var forbidden = rights.forbids(operation);
    if (forbidden != null) return budgets.told(forbidden, core, hub.now());
    var ask = Ask.of(exchange.path().substring(1), exchange.uri());
    var endpoint = new RestEndpoint(hub, exchange.root());
    var answer = tagged(spoiler.spoil(operation, endpoint.answer(ask)));
    if (exchange
        .header("If-None-Match")
        .filter(tag -> tag.equals(answer.headers().get("ETag")))
        .isPresent()) {
      return budgets.told(new Answer(304, answer.headers(), null), core, hub.now());
    }
    core.take(1, hub.now());
    return budgets.told(answer, core, hub.now());
  }

  /** The same body has the same tag; only what was found has one. */
  private static Answer tagged(Answer answer) {
    if (answer.status() != 200) return answer;
    var sum = new CRC32();
    sum.update(Exchange.JSON.writeValueAsBytes(answer.body()));
    sum.update(answer.headers().getOrDefault("Link", "").getBytes(StandardCharsets.UTF_8));
    return answer.with("ETag", "W/\"" + HexFormat.of().toHexDigits(sum.getValue()) + "\"");
  }

  private static Answer scoped(Answer answer) {
    var scoped =
        answer
            .with("X-OAuth-Scopes", "read:org, repo, read:user")
            .with("X-Accepted-OAuth-Scopes", "repo");
    return answer.headers().containsKey(Rights.ACCEPTED)
        ? scoped
        : scoped.with(Rights.ACCEPTED, "metadata=read");
  }

  static @Nullable String token(Exchange exchange) {
    var parts = exchange.header("Authorization").orElse("").split(" ", 2);
    boolean known = parts[0].equalsIgnoreCase("bearer") || parts[0].equalsIgnoreCase("token");
    return parts.length == 2 && known ? parts[1].strip() : null;
  }

  static Exchange.Answer written(Exchange exchange, Answer answer) {
    answer.headers().forEach(exchange::answerHeader);
    exchange.answerHeader(
        "X-GitHub-Request-Id", UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
    if (answer.body() == null) return Exchange.Answer.empty(answer.status());
    return answer.body() instanceof String html
        ? Exchange.Answer.html(answer.status(), html)
        : exchange.answer(answer.status(), answer.body());
  }
}
