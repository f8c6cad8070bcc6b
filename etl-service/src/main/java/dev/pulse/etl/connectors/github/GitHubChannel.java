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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The way to one GitHub for one who asks: each request is paid for and signed, and what the answer
 * says of the budget is noted. A refused signature is renewed once.
 */
final class GitHubChannel {

  private static final String API_VERSION = "2022-11-28";

  private final URI root;
  private final GitHubAuthorization authorization;
  private final SourceHttp http;
  private final Budgets budgets;
  private final BudgetKey budgetKey;
  private volatile @Nullable String enterpriseVersion;

  /**
   * A channel.
   *
   * @param payer whose budget it is, besides the host's name
   */
  GitHubChannel(
      URI root, GitHubAuthorization authorization, String payer, SourceHttp http, Budgets budgets) {
    this.root = root;
    this.authorization = authorization;
    this.http = http;
    this.budgets = budgets;
    this.budgetKey = new BudgetKey("github:" + host() + ":" + payer);
  }

  URI root() {
    return root;
  }

  String host() {
    return root.getPort() < 0 ? root.getHost() : root.getHost() + ":" + root.getPort();
  }

  BudgetKey budgetKey() {
    return budgetKey;
  }

  /** What a person would call what answers; an Enterprise Server says its version. */
  String product() {
    var version = enterpriseVersion;
    return version == null ? "GitHub" : "GitHub Enterprise Server " + version;
  }

  /** Whether an Enterprise Server has answered. */
  boolean isEnterpriseServer() {
    return enterpriseVersion != null;
  }

  /**
   * Sends a request; what the status of the answer means, the caller decides.
   *
   * @param resource the budget it is paid from
   * @param cost in the resource's unit
   */
  Answer send(String resource, long cost, Request request) throws InterruptedException {
    try {
      var header = authorization.header();
      var answer = sign(resource, cost, request, header);
      return answer.status() == 401 && authorization.renew(header, answer)
          ? sign(resource, cost, request, authorization.header())
          : answer;
    } catch (BudgetExhausted e) {
      throw new RateLimited(String.valueOf(e.getMessage()), e.retryAfter());
    } catch (TooLarge e) {
      throw new TooHeavy(String.valueOf(e.getMessage()));
    } catch (HttpFailure e) {
      throw new SourceUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  private Answer sign(String resource, long cost, Request request, String header)
      throws InterruptedException {
    budgets.take(budgetKey, resource, cost);
    var answer =
        http.send(
            request
                .with("Authorization", header)
                .with("Accept", "application/vnd.github+json")
                .with("X-GitHub-Api-Version", API_VERSION));
    answer.header("x-github-enterprise-version").ifPresent(found -> enterpriseVersion = found);
    reconcile(resource, answer);
    return answer;
  }

  /** The failure that an answer stands for that is not what was asked for. */
  SourceFailure refused(String operation, String resource, Answer answer) {
    return answer.status() == 401
        ? GitHubRefusals.unauthorized(answer, authorization.rejected())
        : noted(resource, GitHubRefusals.ofStatus(operation, resource, answer));
  }

  /** All users of the budget wait, not only the one who was told to. */
  SourceFailure noted(String resource, SourceFailure failure) {
    if (failure instanceof RateLimited limited) {
      budgets.block(
          budgetKey, resource, limited.retryAfter(), String.valueOf(limited.getMessage()));
    }
    return failure;
  }

  static JsonNode parse(String operation, Answer answer) {
    if (!answer.isJson()) {
      throw new SourceUnavailable(operation + " answered a page instead of JSON", null);
    }
    try {
      return SourceJson.MAPPER.readTree(answer.body());
    } catch (JacksonException e) {
      throw new SourceUnavailable(operation + " answered JSON that cannot be parsed", e);
    }
  }

  /**
   * Notes what is left of a budget.
   *
   * @param resetsIn when it is whole again
   */
  void reconcile(String resource, long limit, long remaining, Duration resetsIn) {
    budgets.reconcile(budgetKey, resource, limit, remaining, resetsIn);
  }

  /** An Enterprise Server without rate limits says nothing. */
  private void reconcile(String resource, Answer answer) {
    var limit = number(answer, "x-ratelimit-limit");
    var remaining = number(answer, "x-ratelimit-remaining");
    var reset = number(answer, "x-ratelimit-reset");
    if (limit > 0 && remaining >= 0 && reset > 0) {
      reconcile(resource, limit, remaining, answer.until(Instant.ofEpochSecond(reset)));
    }
  }

  private static long number(Answer answer, String header) {
    var text = answer.header(header).orElse("");
    return text.matches("\\d{1,12}") ? Long.parseLong(text) : -1;
  }

  void close() {
    http.close();
  }
}
