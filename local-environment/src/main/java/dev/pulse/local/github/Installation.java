package dev.pulse.local.github;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The installation of an App: what it was given, and the tokens it holds. */
final class Installation {

  static final long ID = 7_700_001;
  static final long APP_ID = 12_345;
  static final String CLIENT_ID = "Iv23liDemoDemoDemo01";
  static final String SLUG = "pulse-reader";

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final Set<String> READABLE =
      Set.of(
          "metadata",
          "pull_requests",
          "issues",
          "contents",
          "members",
          "actions",
          "checks",
          "deployments",
          "statuses");

  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> permissions = new TreeMap<>();
  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private volatile Duration life = Duration.ofHours(1);
  private volatile @Nullable String next;
  private volatile boolean suspended;
  private volatile boolean removed;

  private record Held(Instant until, Map<String, String> permissions) {}

  Installation() {
    for (var name : READABLE) {
      permissions.put(name, name.equals("contents") ? "write" : "read");
    }
  }

  synchronized void grant(String permission, boolean granted) {
    if (granted) permissions.put(permission, "read");
    else permissions.remove(permission);
  }

  void suspend(boolean suspended) {
    this.suspended = suspended;
  }

  void remove() {
    removed = true;
  }

  boolean suspended() {
    return suspended;
  }

  boolean removed() {
    return removed;
  }

  /** How long tokens made from now on hold. */
  void life(Duration life) {
    this.life = life;
  }

  /** Every token made from now on is this one. */
  void next(String token) {
    next = token;
  }

  void endTokens() {
    held.clear();
  }

  int tokensMade() {
    return made.get();
  }

  /** What a token allows; null if it is none, or has ended. */
  synchronized @Nullable Rights rightsOf(String token, Instant now) {
    var found = held.get(token);
    if (found == null || !now.isBefore(found.until)) return null;
    var missing =
        READABLE.stream()
            .filter(each -> !found.permissions.containsKey(each) || !permissions.containsKey(each))
            .collect(Collectors.toSet());
    return new Rights(missing, false);
  }

  /**
   * Makes a token.
   *
   * @param asked the permissions it shall have; empty = all that the installation has
   */
  synchronized Answer token(Map<String, String> asked, Instant now) {
    for (var each : asked.entrySet()) {
      var granted = permissions.get(each.getKey());
      if (granted == null || (each.getValue().equals("write") && granted.equals("read"))) {
        return Answer.error(422, "The permissions requested are not granted to this installation.");
      }
    }
    var token = next == null ? random() : next;
    var until = now.plus(life).truncatedTo(ChronoUnit.SECONDS);
    var given = asked.isEmpty() ? Map.copyOf(permissions) : Map.copyOf(asked);
    held.put(token, new Held(until, given));
    made.incrementAndGet();
    var body =
        Map.of(
            "token",
            token,
            "expires_at",
            Scalars.time(until),
            "permissions",
            given,
            "repository_selection",
            "all");
    return new Answer(201, Map.of(), body);
  }

  private String random() {
    return "ghs_"
        + random
            .ints(36, 0, LETTERS.length())
            .mapToObj(at -> LETTERS.substring(at, at + 1))
            .collect(Collectors.joining());
  }

  /** The installation as the API shows it to its App. */
  synchronized Map<String, @Nullable Object> body(RestBodies bodies, Hub hub, String base) {
    var owner = hub.organisation();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", ID);
    body.put("account", bodies.owner());
    body.put("repository_selection", "all");
    body.put("access_tokens_url", base + "/app/installations/" + ID + "/access_tokens");
    body.put("repositories_url", base + "/installation/repositories");
    body.put(
        "html_url",
        "https://github.com/organizations/" + owner.login() + "/settings/installations/" + ID);
    body.put("app_id", APP_ID);
    body.put("client_id", CLIENT_ID);
    body.put("app_slug", SLUG);
    body.put("target_id", owner.id());
    body.put("target_type", "Organization");
    body.put("permissions", new TreeMap<>(permissions));
    body.put("events", List.of());
    body.put("created_at", Scalars.time(owner.created()));
    body.put("updated_at", Scalars.time(owner.created()));
    body.put("single_file_name", null);
    body.put("suspended_by", suspended ? bodies.account(hub.viewer()) : null);
    body.put("suspended_at", suspended ? Scalars.time(hub.now()) : null);
    return body;
  }
}
