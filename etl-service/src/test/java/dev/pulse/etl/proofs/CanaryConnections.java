package dev.pulse.etl.proofs;

import dev.pulse.local.Simulator;
import dev.pulse.local.github.GitHubAppApi;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A connection by each connector, with a canary in each of its secrets, and its source. */
final class CanaryConnections implements AutoCloseable {

  private final Simulator simulator;
  private final Canaries canaries;
  private final Map<String, CanarySource> sources = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> secrets = new HashMap<>();

  CanaryConnections(Simulator simulator, Canaries canaries) {
    this.simulator = simulator;
    this.canaries = canaries;
    var token = Map.of("token", Simulator.TOKEN);
    plant("jira", "jira", Map.of("email", "demo@acme.example"), token);
    plant("jira-data-center", "jira-data-center", Map.of(), token);
    plant(
        "jira-oauth",
        "jira",
        Map.of("clientId", "app"),
        Map.of("clientSecret", "demo-secret", "refreshToken", Simulator.TOKEN));
    plant("aha", "aha", Map.of(), token);
    var organization = Map.of("organization", simulator.world().organization());
    plant("github", "github", organization, token);
    plantApp(organization);
  }

  /** Its key is what it is: no canary can be one. */
  private void plantApp(Map<String, String> organization) {
    var app = simulator.source(GitHubAppApi.class);
    var all = new HashMap<>(organization);
    all.put("appId", app.clientId());
    plant("github-app", "github-app", all, Map.of());
    secrets.put("github-app", Map.of("privateKey", app.privateKey()));
    canaries.addLines("the private key of an App", app.privateKey());
    app.handOut(canaries.plant("the token of an installation"));
  }

  private void plant(
      String connector, String source, Map<String, String> more, Map<String, String> known) {
    var to = new CanarySource(simulator, source, canaries);
    var all = new HashMap<>(more);
    all.put("baseUrl", to.url().toString());
    var planted = new HashMap<String, String>();
    known.forEach((name, knownAs) -> planted.put(name, to.credential(name, knownAs)));
    sources.put(connector, to);
    settings.put(connector, all);
    secrets.put(connector, planted);
  }

  /** Each connector with its connection, as a client would save it. */
  void each(BiConsumer<String, Map<String, Object>> action) {
    sources.keySet().forEach(connector -> action.accept(connector, body(connector)));
  }

  Map<String, Object> body(String connector) {
    return Map.of(
        "connector",
        connector,
        "name",
        connector,
        "settings",
        settings.getOrDefault(connector, Map.of()),
        "secrets",
        secrets(connector));
  }

  /** None for a connector that is not known here. */
  Map<String, String> secrets(String connector) {
    return secrets.getOrDefault(connector, Map.of());
  }

  CanarySource source(String connector) {
    var source = sources.get(connector);
    if (source == null) throw new IllegalArgumentException(connector);
    return source;
  }

  /** How all sources answer from now on; null = well. */
  void answer(@Nullable Echo echo) {
    sources.values().forEach(each -> each.answer(echo));
  }

  @Override
  public void close() {
    sources.values().forEach(CanarySource::close);
  }
}
