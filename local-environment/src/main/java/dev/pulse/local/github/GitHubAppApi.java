package dev.pulse.local.github;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Requests;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.World;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GitHub as an App sees it: it asks for itself with tokens that its key signs, and for data with
 * tokens of its installation, which end.
 *
 * @see <a href="https://docs.github.com/en/rest/apps/apps">Apps</a>
 */
public final class GitHubAppApi implements Api {

  private static final Pattern AS_APP =
      Pattern.compile("/app(/installations/\\d{1,18}(/access_tokens)?)?|/orgs/[^/]+/installation");

  /** Made when the first is needed, since it takes a while, and by all alike. */
  private static final class FirstKey {
    static final KeyPair PAIR = AppKeys.make();
  }

  private final Hub hub;
  private final GitHubApi github;
  private final Installation installation = new Installation();
  private final AppTokens tokens =
      new AppTokens(Set.of(String.valueOf(Installation.APP_ID), Installation.CLIENT_ID));
  private volatile @Nullable KeyPair key;

  public GitHubAppApi(World world, Faults faults, Requests requests) {
    this.hub = new Hub(world);
    this.github = new GitHubApi(name(), world, faults, requests);
  }

  /** The App's private key, as the file that GitHub hands out. */
  public String privateKey() {
    return AppKeys.pkcs1(key());
  }

  /** The same key in the form that other tools write. */
  public String privateKeyInPkcs8() {
    return AppKeys.pkcs8(key());
  }

  /** A key that no App has. */
  public static String strangePrivateKey() {
    return AppKeys.pkcs1(AppKeys.make());
  }

  /** The key is deleted in the App's settings, and another made. */
  public void replaceKey() {
    key = AppKeys.make();
  }

  private KeyPair key() {
    var now = key;
    return now == null ? FirstKey.PAIR : now;
  }

  public String clientId() {
    return Installation.CLIENT_ID;
  }

  public long installationId() {
    return Installation.ID;
  }

  /** Gives the App a permission, or takes it away. */
  public void grant(String permission, boolean granted) {
    installation.grant(permission, granted);
  }

  public void suspend(boolean suspended) {
    installation.suspend(suspended);
  }

  public void uninstall() {
    installation.remove();
  }

  /** How long tokens made from now on hold. */
  public void tokensHoldFor(Duration life) {
    installation.life(life);
  }

  /** Every token made from now on is this one. */
  public void handOut(String token) {
    installation.next(token);
  }

  /** All tokens made so far end now. */
  public void endTokens() {
    installation.endTokens();
  }

  public int tokensMade() {
    return installation.tokensMade();
  }

  @Override
  public String name() {
    return "github-app";
  }

  @Override
  public String label() {
    return "GitHub (App)";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of(
        "baseUrl",
        address.toString(),
        "organization",
        "acme",
        "appId",
        String.valueOf(Installation.APP_ID));
  }

  /** The same repositories as those that a person's token shows. */
  @Override
  public boolean shownElsewhere() {
    return true;
  }

  @Override
  public String operation(Exchange exchange) {
    if (!AS_APP.matcher(exchange.path()).matches()) return github.operation(exchange);
    return exchange.path().endsWith("/access_tokens")
        ? "access_tokens"
        : exchange.path().equals("/app") ? "app" : "installation";
  }

  @Override
  public Exchange.Answer answer(Exchange exchange, String operation) {
    var answer =
        AS_APP.matcher(exchange.path()).matches()
            ? asApp(exchange)
            : installation.suspended()
                ? suspended()
                : github.asked(
                    exchange, operation, token -> installation.rightsOf(token, hub.now()));
    return GitHubApi.written(exchange, answer);
  }

  @Override
  public Exchange.Answer refusal(Exchange exchange, int status) {
    return status == FORBIDDEN
        ? GitHubApi.written(exchange, Answer.error(403, Rights.REFUSED))
        : github.refusal(exchange, status);
  }

  private Answer asApp(Exchange exchange) {
    var refusal = tokens.refusal(GitHubApi.token(exchange), key().getPublic(), hub.now());
    if (refusal != null) return refusal;
    var bodies = new RestBodies(hub, exchange.root());
    if (exchange.path().equals("/app")) return Answer.ok(app(bodies));
    var own =
        Set.of(
            "/orgs/" + hub.organisation().login() + "/installation",
            "/app/installations/" + Installation.ID,
            "/app/installations/" + Installation.ID + "/access_tokens");
    if (installation.removed() || !own.contains(exchange.path())) {
      return Answer.error(404, "Not Found");
    }
    if (!exchange.path().endsWith("/access_tokens")) {
      return Answer.ok(installation.body(bodies, hub, exchange.root()));
    }
    if (!exchange.method().equals("POST")) return Answer.error(404, "Not Found");
    return installation.suspended()
        ? suspended()
        : installation.token(permissions(exchange), hub.now());
  }

  private static Map<String, String> permissions(Exchange exchange) {
    var asked = new LinkedHashMap<String, String>();
    if (exchange.body().length == 0) return asked;
    for (var each : exchange.json().path("permissions").properties()) {
      asked.put(each.getKey(), each.getValue().asString());
    }
    return asked;
  }

  private Map<String, @Nullable Object> app(RestBodies bodies) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", Installation.APP_ID);
    body.put("slug", Installation.SLUG);
    body.put("client_id", Installation.CLIENT_ID);
    body.put("node_id", NodeIds.of("A", Installation.APP_ID));
    body.put("owner", bodies.owner());
    body.put("name", "Pulse Reader");
    body.put("description", null);
    body.put("external_url", "https://pulse.example");
    body.put("html_url", "https://github.com/apps/" + Installation.SLUG);
    body.put("created_at", Scalars.time(hub.organisation().created()));
    body.put("updated_at", Scalars.time(hub.organisation().created()));
    body.put("permissions", Map.of("metadata", "read"));
    body.put("events", List.of());
    body.put("installations_count", 1);
    return body;
  }

  private static Answer suspended() {
    return Answer.error(403, "This installation has been suspended");
  }
}
