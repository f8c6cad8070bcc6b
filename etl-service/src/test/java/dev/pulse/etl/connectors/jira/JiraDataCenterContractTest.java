package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ConnectorContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;

class JiraDataCenterContractTest extends ConnectorContractTest {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedDataCenter(simulator);
  }
}
