package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ConnectorKillContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;

class JiraDataCenterKillContractTest extends ConnectorKillContractTest {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedDataCenter(simulator);
  }
}
