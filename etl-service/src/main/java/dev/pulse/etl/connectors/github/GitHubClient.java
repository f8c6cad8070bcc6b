package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.UnreadableRecord;
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
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks one GitHub, by GraphQL and by REST: two budgets. What it refuses is told apart by {@link
 * GitHubRefusals}.
 */
final class GitHubClient implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GitHubClient.class);

  static final String REST = "core";
  static final String GRAPHQL = "graphql";
  private static final String API_VERSION = "2022-11-28";
  private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

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

  /**
   * An answer that can be used.
   *
   * @param json the body of a REST answer, or the {@code data} of a query's
   * @param servedAt GitHub's clock
   * @param more whether a further page follows; REST only
   * @param withheld parts of {@code json} that the token may not see; GraphQL only
   */
  record Reply(JsonNode json, Instant servedAt, boolean more, List<Withheld> withheld) {}

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
    if (MOVED.contains(answer.status())) {
      answer = send(REST, 1, Request.get(operation, newPlace(operation, uri, answer)));
    }
    if (answer.status() != 200) throw refused(operation, REST, answer);
    boolean more = answer.header("link").filter(link -> link.contains("rel=\"next\"")).isPresent();
    return new Reply(parse(operation, answer), answer.servedAt(), more, List.of());
  }

  /** Where a renamed repository is found now; what was asked of it stays the same. */
  private static URI newPlace(String operation, URI asked, Answer answer) {
    try {
      var place = asked.resolve(answer.header("location").orElse(""));
      boolean forgetful = place.getRawQuery() == null && asked.getRawQuery() != null;
      return forgetful ? new URI(place + "?" + asked.getRawQuery()) : place;
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw new SourceUnavailable(operation + " moved to no address", e);
    }
  }

  /**
   * Runs a query.
   *
   * @param cost in points, by GitHub's formula: connections asked for, by hundreds
   * @return its {@code data}; errors that speak of all of it are failures, never empty data
   */
  Reply query(GitHubQuery query, Map<String, Object> variables, long cost)
      throws InterruptedException {
    var body =
        SourceJson.MAPPER.writeValueAsString(
            Map.of(
                "query", query.text(), "operationName", query.operation(), "variables", variables));
    var request =
        Request.post(query.operation(), graphQl, body).with("X-Github-Next-Global-ID", "1");
    var answer = send(GRAPHQL, cost, request);
    if (answer.status() != 200) throw refused(query.operation(), GRAPHQL, answer);
    var json = parse(query.operation(), answer);
    reconcile(json.path("data").path("rateLimit"));
    var failure = GitHubErrors.failure(query, json, answer);
    if (failure.isPresent()) throw noted(GRAPHQL, failure.get());
    if (!json.path("data").isObject()) {
      throw noted(GRAPHQL, GitHubRefusals.withoutData(query, answer));
    }
    return new Reply(json.path("data"), answer.servedAt(), false, GitHubErrors.withheld(json));
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
    var limit = number(answer, "x-ratelimit-limit");
    var remaining = number(answer, "x-ratelimit-remaining");
    var reset = number(answer, "x-ratelimit-reset");
    if (limit > 0 && remaining >= 0 && reset > 0) {
      budgets.reconcile(budgetKey, resource, limit, remaining, Instant.ofEpochSecond(reset));
    }
  }

  /** What a query says of its budget is a hint: one that cannot be read changes nothing. */
  private void reconcile(JsonNode rateLimit) {
    try {
      budgets.reconcile(
          budgetKey,
          GRAPHQL,
          GitHubJson.requireNumber(rateLimit, "limit"),
          GitHubJson.requireNumber(rateLimit, "remaining"),
          GitHubJson.requireTime(rateLimit, "resetAt"));
    } catch (UnreadableRecord e) {
      log.debug("GitHub did not say what is left: {}", e.getMessage());
    }
  }

  private static long number(Answer answer, String header) {
    var text = answer.header(header).orElse("");
    return text.matches("\\d{1,12}") ? Long.parseLong(text) : -1;
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
