package dev.pulse.etl.connectors.jira;

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
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks one Jira site, and turns what it refuses into what the engine understands. */
class JiraClient implements AutoCloseable {

  private static final String RESOURCE = "rest";

  /** Between requests while Jira says that less than a fifth of the allowance is left. */
  private static final Duration BREATH = Duration.ofMillis(500);

  private static final JiraAuthorization NOBODY = () -> "";

  private final URI site;
  private final String root;
  private final JiraAuthorization authorization;
  private final SourceHttp http;
  private final Budgets budgets;
  private final BudgetKey budgetKey;
  private volatile boolean nearLimit;

  /**
   * A client of a site of Jira Cloud.
   *
   * @param authorization proves who asks
   */
  JiraClient(URI site, JiraAuthorization authorization, SourceHttp http, Budgets budgets) {
    this(site, "/rest/api/3/", authorization, http, budgets);
  }

  JiraClient(
      URI site, String root, JiraAuthorization authorization, SourceHttp http, Budgets budgets) {
    this.site = site;
    this.root = root;
    this.authorization = authorization;
    this.http = http;
    this.budgets = budgets;
    this.budgetKey = new BudgetKey("jira:" + instance());
  }

  /** Parsed JSON, and the site's clock when it answered. */
  record Reply(String operation, JsonNode json, Instant servedAt) {

    /**
     * The list that the answer is. An answer without it is no empty list but a failure.
     *
     * @throws SourceUnavailable if it is something else
     */
    JsonNode list() {
      return list(json, "the answer");
    }

    /** The list in a member, likewise. */
    JsonNode list(String member) {
      return list(json.path(member), member);
    }

    private JsonNode list(JsonNode node, String name) {
      if (node.isArray()) return node;
      throw new SourceUnavailable(operation + ": " + name + " is not the list it should be", null);
    }
  }

  BudgetKey budgetKey() {
    return budgetKey;
  }

  /** Of how many issues a request gives the histories. */
  int historiesAtOnce() {
    return 1_000;
  }

  /** What a first sync takes on average, by the measurements of docs/benchmarks.md. */
  double requestsPerIssue() {
    return 0.012;
  }

  /**
   * Names the site: the same issue seen by two connections has the same. The path is part of it,
   * since all sites share the host of Atlassian's gateway for scoped tokens.
   */
  String instance() {
    return site.getRawAuthority() + site.getRawPath();
  }

  /** Where a browser shows an issue; null at the gateway, which has no pages. */
  @Nullable String page(String issueKey) {
    return browse("browse/" + encode(issueKey));
  }

  /** Where a browser shows a page of the site, likewise. */
  @Nullable String browse(String path) {
    return atGateway() ? null : site + "/" + path;
  }

  Reply get(String path, Map<String, Object> query) throws InterruptedException {
    return parse(path, send(getting(path, query)));
  }

  /** Empty if Jira says that there is no such thing, or that it is hidden: it never tells which. */
  Optional<Reply> find(String path, Map<String, Object> query) throws InterruptedException {
    var answer = send(getting(path, query));
    return answer.status() == 404 && answer.isJson()
        ? Optional.empty()
        : Optional.of(parse(path, answer));
  }

  /** An empty object if Jira says that there is no such thing, or that it makes no sense here. */
  Reply getOrNothing(String path, Map<String, Object> query) throws InterruptedException {
    var answer = send(getting(path, query));
    boolean nothing = (answer.status() == 400 || answer.status() == 404) && answer.isJson();
    return nothing
        ? new Reply(path, SourceJson.MAPPER.createObjectNode(), answer.servedAt())
        : parse(path, answer);
  }

  Reply post(String path, Object body) throws InterruptedException {
    var json = SourceJson.MAPPER.writeValueAsString(body);
    return parse(path, send(Request.post(path, uri(path), json)));
  }

  /**
   * What the site says of itself, to anybody.
   *
   * @throws WrongProduct if something other than Jira answers
   */
  JsonNode identity() throws InterruptedException {
    var request = getting("serverInfo", Map.of());
    var answer = send(request);
    boolean page = answer.status() == 200 && !answer.isJson();
    if (page || answer.status() == 404 || (answer.status() == 401 && isHiddenFromAll(request))) {
      throw new WrongProduct(
          "no Jira answers at this address", "Copy the address of the Jira site from a browser.");
    }
    return parse("serverInfo", answer).json();
  }

  /**
   * Whether somebody without credentials is refused too. A Jira that refuses the credentials still
   * tells anybody what it is; only Atlassian's gateway tells nobody.
   */
  private boolean isHiddenFromAll(Request request) throws InterruptedException {
    return !atGateway() && send(request, NOBODY).status() != 200;
  }

  private boolean atGateway() {
    return site.getHost().equals("api.atlassian.com");
  }

  @Override
  public void close() {
    http.close();
    authorization.close();
  }

  private Answer send(Request request) throws InterruptedException {
    return send(request, authorization);
  }

  private Answer send(Request request, JiraAuthorization as) throws InterruptedException {
    if (nearLimit) Thread.sleep(BREATH);
    try {
      budgets.take(budgetKey, RESOURCE, 1);
      var header = as.header();
      var answer = send(request, header);
      if (answer.status() == 401 && as.renew(header)) {
        budgets.take(budgetKey, RESOURCE, 1);
        answer = send(request, as.header());
      }
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

  private Answer send(Request request, String header) throws InterruptedException {
    var accepting = request.with("Accept", "application/json");
    return http.send(header.isEmpty() ? accepting : accepting.with("Authorization", header));
  }

  private Reply parse(String operation, Answer answer) {
    if (JiraRefusals.isLimit(answer)) throw limited(operation, answer);
    if (JiraRefusals.anonymous(answer)) throw JiraRefusals.rejected(answer);
    if (answer.status() != 200) throw JiraRefusals.failure(operation, answer);
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
    var reason =
        operation
            + " is limited by Jira ("
            + answer.header("ratelimit-reason").orElse("no reason given")
            + ")";
    var limited = new RateLimited(reason, JiraRefusals.retryAfter(answer));
    budgets.block(budgetKey, RESOURCE, limited.retryAfter(), reason);
    return limited;
  }

  private void reconcile(Answer answer) {
    nearLimit = answer.header("x-ratelimit-nearlimit").filter("true"::equalsIgnoreCase).isPresent();
    var limit = answer.header("x-ratelimit-limit").flatMap(JiraRefusals::number);
    var remaining = answer.header("x-ratelimit-remaining").flatMap(JiraRefusals::number);
    var reset = JiraRefusals.resetsIn(answer);
    if (limit.isPresent() && remaining.isPresent() && reset.isPresent()) {
      budgets.reconcile(budgetKey, RESOURCE, limit.get(), remaining.get(), reset.get());
    }
  }

  private Request getting(String path, Map<String, Object> query) {
    var parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(each -> each.getKey() + "=" + encode(each.getValue().toString()))
                .collect(Collectors.joining("&", "?", ""));
    return Request.get(path, uri(path + (query.isEmpty() ? "" : parameters)));
  }

  private URI uri(String path) {
    return URI.create(site + (path.startsWith("/") ? path : root + path));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
