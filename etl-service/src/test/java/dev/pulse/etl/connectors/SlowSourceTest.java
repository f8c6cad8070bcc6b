package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.github.TestedGitHub;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A source whose answers take longer than a lease holds: its run is not taken for dead. */
@TestPropertySource(properties = "pulse.runs.lease=2s")
class SlowSourceTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Override
  protected int scale() {
    return 60;
  }

  @Test
  void a_run_that_waits_for_an_answer_longer_than_its_lease_holds_keeps_it() {
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).on("Pulls").times(3).number(4_000));

    sync();

    assertEqualToWorld();
    assertThat(texts("select attempts::text from run where job_id = ?")).containsExactly("1");
  }
}
