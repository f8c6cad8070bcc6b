package dev.pulse.local.github;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Requests;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.World;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GitHub on a company's own server: REST below {@code /api/v3}, GraphQL at {@code /api/graphql}. It
 * says its version with every answer, and has rate limits only where somebody switched them on.
 *
 * @see <a
 *     href="https://docs.github.com/en/enterprise-server/admin/configuring-settings/configuring-user-applications-for-your-enterprise/configuring-rate-limits">Rate
 *     limits</a>
 */
public final class EnterpriseServerApi implements Api {

  public static final String VERSION = "3.14.2";

  private static final String REST = "/api/v3";
  private static final String GRAPHQL = "/api";

  private final GitHubApi github;
  private volatile boolean limited;

  public EnterpriseServerApi(World world, Faults faults, Requests requests) {
    this.github = new GitHubApi(name(), world, faults, requests);
  }

  /** Switches rate limits on or off. */
  public void limited(boolean limited) {
    this.limited = limited;
  }

  @Override
  public String name() {
    return "github-enterprise";
  }

  @Override
  public String label() {
    return "GitHub Enterprise Server";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address + REST, "organization", "acme");
  }

  /** The same repositories as those of github.com. */
  @Override
  public boolean shownElsewhere() {
    return true;
  }

  @Override
  public String operation(Exchange exchange) {
    var below = below(exchange);
    return below == null ? "page" : github.operation(below);
  }

  @Override
  public Exchange.Answer answer(Exchange exchange, String operation) {
    var below = below(exchange);
    return below == null
        ? Exchange.Answer.html(404, "Page not found")
        : GitHubApi.written(
            exchange, as(operation, github.asked(below, operation, GitHubApi::person)));
  }

  @Override
  public Exchange.Answer refusal(Exchange exchange, int status) {
    exchange.answerHeader("X-GitHub-Enterprise-Version", VERSION);
    return github.refusal(exchange, status);
  }

  /** Null for what is not the API. */
  private static @Nullable Exchange below(Exchange exchange) {
    if (exchange.path().startsWith(REST + "/")) {
      return exchange.path().equals(REST + "/graphql") ? null : exchange.below(REST);
    }
    return exchange.path().equals(GRAPHQL + "/graphql") ? exchange.below(GRAPHQL) : null;
  }

  /** The answer as the server gives it. */
  private Answer as(String operation, Answer answer) {
    var versioned = answer.with("X-GitHub-Enterprise-Version", VERSION);
    if (limited || answer.status() == 401) return versioned;
    if (operation.equals("rate_limit")) {
      return Answer.error(404, "Rate limiting is not enabled.")
          .with("X-GitHub-Enterprise-Version", VERSION);
    }
    var headers = new LinkedHashMap<>(versioned.headers());
    headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit"));
    return new Answer(answer.status(), headers, withoutLimit(answer.body()));
  }

  /** A query for what is left is answered with null. */
  @SuppressWarnings("unchecked") // the executed result: maps of maps
  private static @Nullable Object withoutLimit(@Nullable Object body) {
    if (body instanceof Map<?, ?> outcome
        && outcome.get("data") instanceof Map<?, ?> data
        && data.containsKey("rateLimit")) {
      ((Map<String, @Nullable Object>) data).put("rateLimit", null);
    }
    return body;
  }
}
