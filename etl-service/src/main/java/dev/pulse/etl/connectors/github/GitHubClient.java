package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.platform.budget.BudgetKey;
import dev.pulse.etl.platform.http.Answer;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.json.SourceJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks one GitHub, by GraphQL and by REST: two budgets. What it refuses is told apart by {@link
 * GitHubRefusals}.
 */
final class GitHubClient implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GitHubClient.class);

  static final String REST = "core";
  static final String GRAPHQL = "graphql";
  private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

  private final GitHubChannel channel;
  private final URI graphQl;

  GitHubClient(GitHubChannel channel) {
    this.channel = channel;
    this.graphQl =
        URI.create(channel.root().toString().replaceFirst("/api/v3$", "/api") + "/graphql");
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
    return channel.budgetKey();
  }

  String host() {
    return channel.host();
  }

  /** What answers, by the answers so far. */
  String product() {
    return channel.product();
  }

  /** Whether an Enterprise Server has answered so far. */
  boolean isEnterpriseServer() {
    return channel.isEnterpriseServer();
  }

  /** Reads a REST path, such as {@code repos/acme/shop/pulls/comments?page=2}. */
  Reply get(String operation, String path) throws InterruptedException {
    var uri = URI.create(channel.root() + "/" + path);
    var answer = channel.send(REST, 1, Request.get(operation, uri));
    if (MOVED.contains(answer.status())) {
      answer = channel.send(REST, 1, Request.get(operation, newPlace(operation, uri, answer)));
    }
    if (answer.status() != 200) throw channel.refused(operation, REST, answer);
    boolean more = answer.header("link").filter(link -> link.contains("rel=\"next\"")).isPresent();
    var json = GitHubChannel.parse(operation, answer);
    return new Reply(json, answer.servedAt(), more, List.of());
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
        Request.post(query.operation(), graphQl, body).with("X-GitHub-Next-Global-ID", "1");
    var answer = channel.send(GRAPHQL, cost, request);
    if (answer.status() != 200) throw channel.refused(query.operation(), GRAPHQL, answer);
    var json = GitHubChannel.parse(query.operation(), answer);
    reconcile(json.path("data").path("rateLimit"), answer);
    var failure = GitHubErrors.failure(query, json, answer);
    if (failure.isPresent()) throw channel.noted(GRAPHQL, failure.get());
    if (!json.path("data").isObject()) {
      throw channel.noted(GRAPHQL, GitHubRefusals.withoutData(query, answer));
    }
    return new Reply(json.path("data"), answer.servedAt(), false, GitHubErrors.withheld(json));
  }

  @Override
  public void close() {
    channel.close();
  }

  /** What a query says of its budget is a hint: one that cannot be read changes nothing. */
  private void reconcile(JsonNode rateLimit, Answer answer) {
    if (rateLimit.isNull()) return; // an Enterprise Server without rate limits
    try {
      channel.reconcile(
          GRAPHQL,
          GitHubJson.requireNumber(rateLimit, "limit"),
          GitHubJson.requireNumber(rateLimit, "remaining"),
          answer.until(GitHubJson.requireTime(rateLimit, "resetAt")));
    } catch (UnreadableRecord e) {
      log.debug("GitHub did not say what is left: {}", e.getMessage());
    }
  }
}
