package dev.pulse.etl.connectors.github;

import dev.pulse.local.Simulator;
import dev.pulse.local.github.GitHubAppApi;
import java.net.URI;
import java.util.Map;

/** The simulated GitHub, read by an App. */
final class TestedGitHubApp extends TestedGitHub {

  /** Asking for an installation and for its token. */
  private static final int SIGNING_IN = 2;

  TestedGitHubApp(Simulator simulator) {
    super(simulator);
  }

  private GitHubAppApi app() {
    return simulator.source(GitHubAppApi.class);
  }

  @Override
  public String name() {
    return "github-app";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of(
        "baseUrl",
        address.toString(),
        "organization",
        simulator.world().organization(),
        "appId",
        app().clientId());
  }

  /** A key that nobody has stands for a token that nobody accepts. */
  @Override
  public Map<String, String> secrets(String token) {
    return Map.of(
        "privateKey",
        token.startsWith("wrong") ? GitHubAppApi.strangePrivateKey() : app().privateKey());
  }

  @Override
  public String secret() {
    return "privateKey";
  }

  /** What travels is the installation's token: this is the one that it is given. */
  @Override
  public boolean accepts(String credential) {
    app().handOut(credential);
    return true;
  }

  @Override
  public int quietRequests() {
    return super.quietRequests() + SIGNING_IN;
  }
}
