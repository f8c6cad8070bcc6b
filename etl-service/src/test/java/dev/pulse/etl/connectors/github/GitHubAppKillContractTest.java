package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ConnectorKillContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;

class GitHubAppKillContractTest extends ConnectorKillContractTest {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHubApp(simulator);
  }
}
