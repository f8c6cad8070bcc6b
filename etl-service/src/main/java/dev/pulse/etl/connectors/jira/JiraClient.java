package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks one Jira site, and turns what it refuses into what the engine understands. */
final class JiraClient implements AutoCloseable {

  private static final String RESOURCE = "rest";

  /** Some refusals of Atlassian's gateway do not say how long to wait. */
  private static final long UNTOLD_WAIT_SECONDS = 60;

  private final URI site;
  private final String authorization;
  private final SourceHttp http;
  private final Budgets budgets;
  private final BudgetKey budgetKey;

  JiraClient(URI site, String email, Secret token, SourceHttp http, Budgets budgets) {
    this.site = site;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((email + ":" + token.reveal()).getBytes(StandardCharsets.UTF_8));
    this.http = http;
    this.budgets = budgets;
    this.budgetKey = new BudgetKey("jira:" + host());
  }

  /** Parsed JSON, and the site's clock when it answered. */
  record Reply(JsonNode json, Instant servedAt) {}

  BudgetKey budgetKey() {
    return budgetKey;
  }

  /** Names the site: the same issue seen by two connections has the same. */
  String host() {
    return site.getPort() < 0 ? site.getHost() : site.getHost() + ":" + site.getPort();
  }

  Reply get(String path, Map<String, Object> query) throws InterruptedException {
    var parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(each -> each.getKey() + "=" + encode(each.getValue().toString()))
                .collect(Collectors.joining("&", "?", ""));
    return ask(path, Request.get(path, uri(path + (query.isEmpty() ? "" : parameters))));
  }

  Reply post(String path, Object body) throws InterruptedException {
    return ask(path, Request.post(path, uri(path), SourceJson.MAPPER.writeValueAsString(body)));
  }

  @Override
  public void close() {
    http.close();
  }

  private Reply ask(String operation, Request request) throws InterruptedException {
    try {
      budgets.take(budgetKey, RESOURCE, 1);
      var answer =
          http.send(
              request.with("Authorization", authorization).with("Accept", "application/json"));
      reconcile(answer);
      return parse(operation, answer);
    } catch (BudgetExhausted e) {
      throw new RateLimited(String.valueOf(e.getMessage()), e.until());
    } catch (TooLarge e) {
      throw new TooHeavy(String.valueOf(e.getMessage()));
    } catch (HttpFailure e) {
      throw new SourceUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  private Reply parse(String operation, Answer answer) {
    if (answer.status() != 200) throw failure(operation, answer);
    if (!answer.isJson()) {
      throw new SourceUnavailable(operation + " answered a page instead of JSON", null);
    }
    try {
      return new Reply(SourceJson.MAPPER.readTree(answer.body()), answer.servedAt());
    } catch (JacksonException e) {
      throw new SourceUnavailable(operation + " answered JSON that cannot be parsed", e);
    }
  }

  private SourceFailure failure(String operation, Answer answer) {
    return switch (answer.status()) {
      case 401 -> rejected(answer);
      case 403 ->
          new AccessDenied(
              operation + " is forbidden: " + messages(answer),
              "Give the account of the token the right to browse it.");
      case 404 -> absent(operation, answer);
      case 410 ->
          new RequestRefused(
              operation + " is no longer offered: " + messages(answer), "Update Pulse.");
      case 400, 422 ->
          new RequestRefused(
              operation + " was refused: " + messages(answer),
              "Check the scope of the connection.");
      case 413, 414 -> new TooHeavy(operation + " asked for too much");
      case 429 -> limited(operation, answer);
      case 503 ->
          answer.header("retry-after").isPresent()
              ? limited(operation, answer)
              : new SourceUnavailable(operation + " answered 503", null);
      default -> new SourceUnavailable(operation + " answered " + answer.status(), null);
    };
  }

  private static SourceFailure rejected(Answer answer) {
    if (answer.header("x-seraph-loginreason").filter("AUTHENTICATION_DENIED"::equals).isPresent()) {
      return new CredentialsRejected(
          "Jira asks the account for a CAPTCHA", "Sign in once in a browser, then try again.");
    }
    return new CredentialsRejected(
        "Jira does not accept the e-mail address with this token",
        "Check the e-mail address, or make a new token.");
  }

  private static SourceFailure absent(String operation, Answer answer) {
    return answer.isJson()
        ? new AccessDenied(
            operation + " is absent or not visible: " + messages(answer),
            "Give the account of the token the right to browse it.")
        : new WrongProduct(
            "no Jira answers at this address", "Copy the address of the Jira site from a browser.");
  }

  private RateLimited limited(String operation, Answer answer) {
    var until =
        answer
            .retryAt()
            .or(() -> answer.header("x-ratelimit-reset").flatMap(JiraClient::instant))
            .orElse(answer.receivedAt().plusSeconds(UNTOLD_WAIT_SECONDS));
    var reason =
        operation
            + " is limited by Jira ("
            + answer.header("ratelimit-reason").orElse("no reason given")
            + ")";
    budgets.block(budgetKey, RESOURCE, until, reason);
    return new RateLimited(reason, until);
  }

  private void reconcile(Answer answer) {
    var limit = answer.header("x-ratelimit-limit").flatMap(JiraClient::number);
    var remaining = answer.header("x-ratelimit-remaining").flatMap(JiraClient::number);
    var reset = answer.header("x-ratelimit-reset").flatMap(JiraClient::instant);
    if (limit.isPresent() && remaining.isPresent() && reset.isPresent()) {
      budgets.reconcile(budgetKey, RESOURCE, limit.get(), remaining.get(), reset.get());
    }
  }

  private static Optional<Long> number(String text) {
    return text.matches("\\d{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Jira's own words, which name fields and projects, never contents. */
  private static String messages(Answer answer) {
    try {
      var json = SourceJson.MAPPER.readTree(answer.body());
      var all = new StringBuilder();
      for (var message : json.path("errorMessages")) all.append(message.asString("")).append(' ');
      json.path("errors")
          .propertyStream()
          .forEach(e -> all.append(e.getKey()).append(": ").append(e.getValue().asString("")));
      return all.isEmpty() ? "no further detail" : all.toString().strip();
    } catch (JacksonException e) {
      return "no further detail";
    }
  }

  private URI uri(String path) {
    return URI.create(site + "/rest/api/3/" + path);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
