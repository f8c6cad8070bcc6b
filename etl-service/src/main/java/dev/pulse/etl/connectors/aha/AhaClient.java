package dev.pulse.etl.connectors.aha;

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
import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import dev.pulse.etl.platform.http.HttpFailure.TooLarge;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.http.SourceHttp;
import dev.pulse.etl.platform.json.SourceJson;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks one Aha! account, and turns what it refuses into what the engine understands. */
final class AhaClient implements AutoCloseable {

  private static final String RESOURCE = "rest";

  /** From the beginning of a request to that of the next: an account answers 20 a second. */
  private static final Duration PACE = Duration.ofMillis(52);

  private final URI site;
  private final String authorization;
  private final SourceHttp http;
  private final Budgets budgets;
  private final BudgetKey budgetKey;
  private long nextNanos = System.nanoTime();

  AhaClient(URI site, Secret token, SourceHttp http, Budgets budgets) {
    this.site = site;
    this.authorization = "Bearer " + token.reveal().strip();
    this.http = http;
    this.budgets = budgets;
    this.budgetKey = new BudgetKey("aha:" + instance());
  }

  /** Parsed JSON, and the account's clock when it answered. */
  record Reply(String operation, JsonNode json, Instant servedAt) {

    /**
     * The list in a member. An answer without it is no empty list but a failure.
     *
     * @throws SourceUnavailable if it is something else
     */
    JsonNode list(String member) {
      var list = json.path(member);
      if (list.isArray()) return list;
      throw odd(member + " is not the list it should be");
    }

    /** A count in the answer's account of its pages; likewise. */
    long count(String member) {
      var count = json.path("pagination").path(member);
      if (count.canConvertToInt() && count.intValue() >= 0) return count.intValue();
      throw odd("it does not say how long the list is");
    }

    private SourceUnavailable odd(String what) {
      return new SourceUnavailable(operation + ": " + what, null);
    }
  }

  BudgetKey budgetKey() {
    return budgetKey;
  }

  /** Names the account: the same record seen by two connections has the same. */
  String instance() {
    return site.getRawAuthority() + site.getRawPath();
  }

  /**
   * Asks for something.
   *
   * @param operation what is asked for, in words that hold no name
   * @param path below the API's root
   */
  Reply get(String operation, String path, Map<String, Object> query) throws InterruptedException {
    return parse(operation, send(getting(operation, path, query)));
  }

  /** Empty if Aha! says that there is no such thing, or that it is hidden: it never tells which. */
  Optional<Reply> find(String operation, String path, Map<String, Object> query)
      throws InterruptedException {
    var answer = send(getting(operation, path, query));
    boolean nothing = (answer.status() == 404 || answer.status() == 403) && answer.isJson();
    return nothing ? Optional.empty() : Optional.of(parse(operation, answer));
  }

  /**
   * Who the key belongs to.
   *
   * @throws WrongProduct if something other than Aha! answers
   */
  JsonNode me() throws InterruptedException {
    var answer = send(getting("me", "me", Map.of()));
    // everybody who has a key may ask who they are: where there is no such thing, there is no Aha!
    boolean other = answer.status() == 404 || (answer.status() == 200 && !answer.isJson());
    var user = other ? SourceJson.MAPPER.missingNode() : parse("me", answer).json().path("user");
    if (user.isObject()) return user;
    throw new WrongProduct(
        "what answers there is not Aha!", "Copy the address of the account from a browser.");
  }

  @Override
  public void close() {
    http.close();
  }

  private Answer send(Request request) throws InterruptedException {
    try {
      budgets.take(budgetKey, RESOURCE, 1);
      TimeUnit.NANOSECONDS.sleep(turn());
      var answer =
          http.send(
              request.with("Authorization", authorization).with("Accept", "application/json"));
      reconcile(answer);
      return answer;
    } catch (BudgetExhausted e) {
      throw new RateLimited(String.valueOf(e.getMessage()), e.retryAfter());
    } catch (TooLarge e) {
      throw new TooHeavy(String.valueOf(e.getMessage()));
    } catch (AddressRefused e) {
      throw new RequestRefused(
          String.valueOf(e.getMessage()), "Check the address, or allow its network.");
    } catch (HttpFailure e) {
      throw new SourceUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  /** How long to wait, in nanoseconds, until it is this request's turn. */
  private synchronized long turn() {
    long now = System.nanoTime();
    long turn = Math.max(0, nextNanos - now);
    nextNanos = now + turn + PACE.toNanos();
    return turn;
  }

  private Reply parse(String operation, Answer answer) {
    if (AhaRefusals.isLimit(answer)) throw limited(operation, answer);
    if (answer.status() != 200) throw AhaRefusals.failure(operation, answer);
    if (!answer.isJson()) {
      throw new SourceUnavailable(operation + " answered a page instead of JSON", null);
    }
    try {
      return new Reply(operation, SourceJson.MAPPER.readTree(answer.body()), answer.servedAt());
    } catch (JacksonException e) {
      throw new SourceUnavailable(operation + " answered JSON that cannot be parsed", e);
    }
  }

  private RateLimited limited(String operation, Answer answer) {
    var reason = operation + " is limited by Aha!";
    var limited = new RateLimited(reason, AhaRefusals.retryAfter(answer));
    budgets.block(budgetKey, RESOURCE, limited.retryAfter(), reason);
    return limited;
  }

  private void reconcile(Answer answer) {
    var limit = answer.header("x-ratelimit-limit").flatMap(AhaRefusals::number);
    var remaining = answer.header("x-ratelimit-remaining").flatMap(AhaRefusals::number);
    var reset = AhaRefusals.resetsIn(answer);
    if (limit.isPresent() && remaining.isPresent() && reset.isPresent()) {
      budgets.reconcile(budgetKey, RESOURCE, limit.get(), remaining.get(), reset.get());
    }
  }

  private Request getting(String operation, String path, Map<String, Object> query) {
    var parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(each -> each.getKey() + "=" + encode(each.getValue().toString()))
                .collect(Collectors.joining("&", "?", ""));
    var uri = site + "/api/v1/" + path + (query.isEmpty() ? "" : parameters);
    return Request.get(operation, URI.create(uri));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
