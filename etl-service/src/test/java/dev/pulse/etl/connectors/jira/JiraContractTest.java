package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ConnectorContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;

class JiraContractTest extends ConnectorContractTest {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }
}
