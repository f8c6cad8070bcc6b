package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.ConnectorKillContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;

class AhaKillContractTest extends ConnectorKillContractTest {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedAha(simulator);
  }

  @Override
  protected int scale() {
    return TestedAha.SCALE;
  }
}
