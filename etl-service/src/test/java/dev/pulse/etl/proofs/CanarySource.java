package dev.pulse.etl.proofs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.etl.SourceProxy;
import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.local.Simulator;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands before a simulated source, which does not know the canaries that are its credentials. It
 * puts others into the headers of all answers, and on demand answers with what it was sent.
 */
final class CanarySource implements AutoCloseable {

  /** Tokens that the source hands out become canaries, too. */
  private static final Pattern HANDED_OUT =
      Pattern.compile("\"(access|refresh)_token\":\"([^\"]+)\"");

  private static final Pattern SIGN_IN =
      Pattern.compile("/oauth/token|/installation|/access_tokens|/app$");
  private static final Answered REFUSED =
      new Answered(401, Map.of("content-type", "application/json"), "{}");

  private final String name;
  private final Canaries canaries;
  private final SourceProxy proxy;
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Map<String, String> headers;
  private final String page;
  private volatile @Nullable Echo echo;

  /**
   * A source.
   *
   * @param name in the simulator
   */
  CanarySource(Simulator simulator, String name, Canaries canaries) {
    this.name = name;
    this.canaries = canaries;
    this.proxy = new SourceProxy(simulator.url(""));
    this.headers =
        Map.of(
            "set-cookie", "session=" + canaries.plant("a cookie of " + name),
            "x-debug-token", canaries.plant("a header of " + name),
            "server", canaries.plant("the server of " + name));
    this.page = canaries.plant("an error page of " + name);
    proxy.answer(this::answer);
  }

  URI url() {
    return proxy.url(name);
  }

  /** A credential for this source, which knows it by another name. */
  String credential(String field, String knownAs) {
    var canary = canaries.plant(field + " of " + name);
    known.put(canary, knownAs);
    return canary;
  }

  /** Null = well. */
  void answer(@Nullable Echo with) {
    echo = with;
  }

  /** The credentials that have come here. */
  Set<String> sent() {
    return sent;
  }

  @Override
  public void close() {
    proxy.close();
  }

  private Answered answer(Asked asked, SourceProxy.Source source) throws IOException {
    var credentials = credentials(asked);
    var now = echo;
    boolean signIn = SIGN_IN.matcher(asked.path()).find();
    var answer =
        now == null || (signIn && !now.atSignIn())
            ? handedOut(source.answer(translated(asked)))
            : now.atSignIn() && !signIn ? REFUSED : echoed(now, credentials);
    var all = new HashMap<>(answer.headers());
    all.putAll(headers);
    return new Answered(answer.status(), all, answer.body());
  }

  private Answered echoed(Echo now, String credentials) {
    var all = new HashMap<String, String>();
    all.put("content-type", now.type());
    for (var header : List.of("www-authenticate", "location", "ratelimit-reason", "warning")) {
      all.put(header, credentials);
    }
    if (now.status() == 429) all.put("retry-after", "1");
    return new Answered(
        now.status(), all, now.body().replace("SENT", credentials).replace("PAGE", page));
  }

  /** What proves in a request who asks; all of it is noted. */
  private String credentials(Asked asked) {
    var parts = asked.headers().getOrDefault("authorization", "").split(" ", 2);
    if (parts.length == 2 && parts[0].equals("Basic")) {
      var pair = new String(Base64.getDecoder().decode(parts[1]), UTF_8);
      parts[1] = pair.substring(pair.indexOf(':') + 1);
    }
    known.keySet().stream().filter(asked.body()::contains).forEach(sent::add);
    if (parts.length < 2) {
      return known.keySet().stream().filter(asked.body()::contains).reduce("", String::concat);
    }
    sent.add(parts[1]);
    canaries.add("a credential of a request to " + name, parts[1]);
    return parts[1];
  }

  private Asked translated(Asked asked) {
    var parts = asked.headers().getOrDefault("authorization", "").split(" ", 2);
    var body = asked.body();
    for (var each : known.entrySet()) body = body.replace(each.getKey(), each.getValue());
    var plain = new Asked(asked.client(), asked.method(), asked.path(), asked.headers(), body);
    if (parts.length < 2) return plain;
    boolean basic = parts[0].equals("Basic");
    var given = basic ? new String(Base64.getDecoder().decode(parts[1]), UTF_8) : parts[1];
    for (var each : known.entrySet()) given = given.replace(each.getKey(), each.getValue());
    var told = basic ? Base64.getEncoder().encodeToString(given.getBytes(UTF_8)) : given;
    return plain.with("authorization", parts[0] + " " + told);
  }

  private Answered handedOut(Answered answer) {
    if (!answer.body().contains("_token\":")) return answer;
    var body =
        HANDED_OUT
            .matcher(JsonMapper.shared().readTree(answer.body()).toString())
            .replaceAll(this::handedOut);
    return new Answered(answer.status(), answer.headers(), body);
  }

  private String handedOut(MatchResult token) {
    var kind = token.group(1);
    return "\"%s_token\":\"%s\"".formatted(kind, credential(kind + " token", token.group(2)));
  }
}
