package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ConnectorContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;

class GitHubAppContractTest extends ConnectorContractTest {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHubApp(simulator);
  }
}
