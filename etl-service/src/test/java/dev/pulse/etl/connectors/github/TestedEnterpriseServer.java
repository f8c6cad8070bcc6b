package dev.pulse.etl.connectors.github;

import dev.pulse.local.Simulator;
import java.net.URI;
import java.util.Map;

/** The simulated GitHub Enterprise Server, which the same connector reads. */
final class TestedEnterpriseServer extends TestedGitHub {

  TestedEnterpriseServer(Simulator simulator) {
    super(simulator);
  }

  @Override
  public String name() {
    return "github-enterprise";
  }

  @Override
  public String connector() {
    return "github";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return super.settings(URI.create(address + "/api/v3"));
  }
}
