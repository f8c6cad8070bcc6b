package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.platform.budget.BudgetExhausted;
import dev.pulse.etl.platform.budget.BudgetKey;
import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.platform.http.Answer;
import dev.pulse.etl.platform.http.HttpFailure;
import dev.pulse.etl.platform.http.HttpFailure.TooLarge;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.http.SourceHttp;
import dev.pulse.etl.platform.json.SourceJson;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks one GitHub, by GraphQL and by REST: two budgets. What it refuses is told apart by {@link
 * GitHubRefusals}.
 */
final class GitHubClient implements AutoCloseable {

  static final String REST = "core";
  static final String GRAPHQL = "graphql";
  private static final String API_VERSION = "2022-11-28";

  private final URI root;
  private final URI graphQl;
  private final String authorization;
  private final SourceHttp http;
  private final Budgets budgets;
  private final BudgetKey budgetKey;

  GitHubClient(URI root, Secret token, SourceHttp http, Budgets budgets) {
    this.root = root;
    this.graphQl = URI.create(root.toString().replaceFirst("/api/v3$", "/api") + "/graphql");
    this.authorization = "Bearer " + token.reveal();
    this.http = http;
    this.budgets = budgets;
    this.budgetKey = new BudgetKey("github:" + host() + ":" + fingerprint(token));
  }

  /** Parsed JSON, GitHub's clock when it answered, and whether a further page follows. */
  record Reply(JsonNode json, Instant servedAt, boolean more) {}

  BudgetKey budgetKey() {
    return budgetKey;
  }

  String host() {
    return root.getPort() < 0 ? root.getHost() : root.getHost() + ":" + root.getPort();
  }

  /** Reads a REST path, such as {@code repos/acme/shop/pulls/comments?page=2}. */
  Reply get(String operation, String path) throws InterruptedException {
    var uri = URI.create(root + "/" + path);
    var answer = send(REST, 1, Request.get(operation, uri));
    if (answer.status() == 301 || answer.status() == 302 || answer.status() == 307) {
      var moved = answer.header("location").map(URI::create).orElse(uri);
      answer = send(REST, 1, Request.get(operation, uri.resolve(moved)));
    }
    if (answer.status() != 200) throw refused(operation, REST, answer);
    boolean more = answer.header("link").filter(link -> link.contains("rel=\"next\"")).isPresent();
    return new Reply(parse(operation, answer), answer.servedAt(), more);
  }

  /**
   * Runs a query.
   *
   * @param cost in points, by GitHub's formula: connections asked for, by hundreds
   * @return its {@code data}; errors of a query are failures, never empty data
   */
  Reply query(GitHubQuery query, Map<String, Object> variables, long cost)
      throws InterruptedException {
    var body =
        SourceJson.MAPPER.writeValueAsString(
            Map.of(
                "query", query.text(), "operationName", query.operation(), "variables", variables));
    var answer = send(GRAPHQL, cost, Request.post(query.operation(), graphQl, body));
    if (answer.status() != 200) throw refused(query.operation(), GRAPHQL, answer);
    var json = parse(query.operation(), answer);
    reconcile(json.path("data").path("rateLimit"));
    var failure = GitHubRefusals.ofErrors(query, json.path("errors"), answer);
    if (failure != null) throw noted(GRAPHQL, failure);
    if (!json.path("data").isObject()) {
      throw noted(GRAPHQL, GitHubRefusals.withoutData(query, answer));
    }
    return new Reply(json.path("data"), answer.servedAt(), false);
  }

  @Override
  public void close() {
    http.close();
  }

  private Answer send(String resource, long cost, Request request) throws InterruptedException {
    try {
      budgets.take(budgetKey, resource, cost);
      var answer =
          http.send(
              request
                  .with("Authorization", authorization)
                  .with("Accept", "application/vnd.github+json")
                  .with("X-GitHub-Api-Version", API_VERSION));
      reconcile(resource, answer);
      return answer;
    } catch (BudgetExhausted e) {
      throw new RateLimited(String.valueOf(e.getMessage()), e.until());
    } catch (TooLarge e) {
      throw new TooHeavy(String.valueOf(e.getMessage()));
    } catch (HttpFailure e) {
      throw new SourceUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  private static JsonNode parse(String operation, Answer answer) {
    if (!answer.isJson()) {
      throw new SourceUnavailable(operation + " answered a page instead of JSON", null);
    }
    try {
      return SourceJson.MAPPER.readTree(answer.body());
    } catch (JacksonException e) {
      throw new SourceUnavailable(operation + " answered JSON that cannot be parsed", e);
    }
  }

  private SourceFailure refused(String operation, String resource, Answer answer) {
    return noted(resource, GitHubRefusals.ofStatus(operation, resource, answer));
  }

  /** All users of the budget wait, not only the one who was told to. */
  private SourceFailure noted(String resource, SourceFailure failure) {
    if (failure instanceof RateLimited limited) {
      budgets.block(budgetKey, resource, limited.until(), String.valueOf(limited.getMessage()));
    }
    return failure;
  }

  private void reconcile(String resource, Answer answer) {
    var limit = number(() -> answer.header("x-ratelimit-limit").orElse(""));
    var remaining = number(() -> answer.header("x-ratelimit-remaining").orElse(""));
    var reset = number(() -> answer.header("x-ratelimit-reset").orElse(""));
    if (limit > 0 && remaining >= 0 && reset > 0) {
      budgets.reconcile(budgetKey, resource, limit, remaining, Instant.ofEpochSecond(reset));
    }
  }

  private void reconcile(JsonNode rateLimit) {
    var reset = rateLimit.path("resetAt").asString("");
    if (rateLimit.path("limit").isNumber() && !reset.isEmpty()) {
      budgets.reconcile(
          budgetKey,
          GRAPHQL,
          rateLimit.path("limit").asLong(),
          rateLimit.path("remaining").asLong(),
          Instant.parse(reset));
    }
  }

  private static long number(Supplier<String> text) {
    return text.get().matches("\\d{1,15}") ? Long.parseLong(text.get()) : -1;
  }

  /** Tells tokens apart without showing any of them. */
  private static String fingerprint(Secret token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(token.reveal().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
