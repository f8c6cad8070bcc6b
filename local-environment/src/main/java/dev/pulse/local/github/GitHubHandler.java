package dev.pulse.local.github;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pulse.local.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulated GitHub behind one path of an HTTP server: who asks, what it costs, how the answer
 * is written.
 */
public final class GitHubHandler implements HttpHandler {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> VERSIONS = Set.of("2022-11-28", "2026-03-10");

  private final String root;
  private final Hub hub;
  private final GitHubSettings settings;
  private final RestEndpoint rest;
  private final GraphQlCalls graphQl;
  private final Map<String, Budgets> budgets = new ConcurrentHashMap<>();
  private final Set<GitHubFault> faults =
      java.util.Collections.synchronizedSet(EnumSet.noneOf(GitHubFault.class));

  /**
   * Serves a world.
   *
   * @param root path this handler is mounted at, such as /github
   * @param origin scheme, host and port that clients reach it by
   */
  public GitHubHandler(World world, GitHubSettings settings, String origin, String root) {
    this.root = root;
    this.hub = new Hub(world);
    this.settings = settings;
    this.rest = new RestEndpoint(hub, origin + root);
    this.graphQl = new GraphQlCalls(hub, JSON, faults);
  }

  /** Switches a fault on or off, from the next request on. */
  public void fault(GitHubFault fault, boolean on) {
    if (on) {
      faults.add(fault);
    } else {
      faults.remove(fault);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      write(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    Headers asked = exchange.getRequestHeaders();
    String path =
        exchange.getRequestURI().getPath().substring(root.length()).replaceFirst("^/", "");
    String version = asked.getFirst("X-GitHub-Api-Version");
    if (asked.getFirst("User-Agent") == null) {
      return Answer.error(
          403,
          "Request forbidden by administrative rules. Please make sure your request has a"
              + " User-Agent header.");
    }
    if (version != null && !VERSIONS.contains(version)) {
      return Answer.error(410, "Version '" + version + "' of the API is no longer supported.");
    }
    String token = token(asked.getFirst("Authorization"));
    if (token == null
        || !settings.tokens().contains(token)
        || faults.contains(GitHubFault.TOKEN_REVOKED)) {
      return Answer.error(401, token == null ? "Requires authentication" : "Bad credentials");
    }
    Budgets allowance = budgets.computeIfAbsent(token, _ -> Budgets.of(settings));
    if (faults.contains(GitHubFault.BUDGET_GONE)) {
      allowance.exhaust(hub.now());
    }
    Answer answer =
        path.equals("graphql")
            ? graphQl.answer(exchange, allowance.graphQl())
            : rest(exchange, path, allowance);
    return scoped(answer)
        .with("X-GitHub-Api-Version-Selected", version == null ? "2022-11-28" : version);
  }

  private Answer rest(HttpExchange exchange, String path, Budgets allowance) {
    if (path.equals("rate_limit")) {
      return allowance.told(Answer.ok(allowance.body(hub.now())), allowance.core(), hub.now());
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return Answer.error(404, "Not Found");
    }
    if (faults.contains(GitHubFault.SECONDARY_LIMIT)) {
      return allowance.told(GraphQlCalls.slowDown(403), allowance.core(), hub.now());
    }
    if (allowance.core().standing(hub.now()).remaining() == 0) {
      Answer refused =
          Answer.error(
              403, "API rate limit exceeded for user ID " + hub.viewer().databaseId() + ".");
      return allowance.told(refused, allowance.core(), hub.now());
    }
    Answer answer = tagged(rest.answer(Ask.of(path, exchange.getRequestURI())));
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (known != null && known.equals(answer.headers().get("ETag"))) {
      answer = new Answer(304, answer.headers(), null);
    } else {
      allowance.core().take(1, hub.now());
    }
    return allowance.told(answer, allowance.core(), hub.now());
  }

  /** The same body has the same tag; only what was found has one. */
  private static Answer tagged(Answer answer) {
    if (answer.status() != 200) {
      return answer;
    }
    CRC32 sum = new CRC32();
    sum.update(JSON.writeValueAsBytes(answer.body()));
    String link = answer.headers().getOrDefault("Link", "");
    sum.update(link.getBytes(StandardCharsets.UTF_8));
    return answer.with("ETag", "W/\"" + HexFormat.of().toHexDigits(sum.getValue()) + "\"");
  }

  private static Answer scoped(Answer answer) {
    return answer
        .with("X-OAuth-Scopes", "read:org, repo, read:user")
        .with("X-Accepted-OAuth-Scopes", "repo")
        .with("X-Accepted-GitHub-Permissions", "metadata=read");
  }

  private static @Nullable String token(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    String[] parts = authorization.split(" ", 2);
    boolean known = parts[0].equalsIgnoreCase("bearer") || parts[0].equalsIgnoreCase("token");
    return parts.length == 2 && known ? parts[1].strip() : null;
  }

  private void write(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    headers.set(
        "X-GitHub-Request-Id", UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT));
    headers.set(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(hub.now().atOffset(ZoneOffset.UTC)));
    if (answer.body() == null) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    boolean html = answer.body() instanceof String;
    headers.set(
        "Content-Type", html ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
    byte[] body =
        answer.body() instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : JSON.writeValueAsBytes(answer.body());
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
