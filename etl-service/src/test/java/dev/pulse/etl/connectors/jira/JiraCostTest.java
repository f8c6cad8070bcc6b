package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the connector's README says of cost. */
class JiraCostTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }

  @Test
  void a_run_that_finds_nothing_new_makes_ten_requests() {
    sync();
    simulator.requests().reset();

    sync();

    assertThat(simulator.requests().counts())
        .isEqualTo(
            Map.of(
                "jira project/search", 1L,
                "jira field", 2L,
                "jira issuetype", 1L,
                "jira status", 1L,
                "jira users/search", 2L,
                "jira search/jql", 1L,
                "jira worklog/updated", 1L,
                "jira worklog/deleted", 1L));
  }

  @Test
  void a_changed_piece_of_work_costs_two_requests_more() {
    sync();
    simulator.jira().worklogSilence(Duration.ZERO);
    simulator.world().work().log(4);
    simulator.requests().reset();

    sync();

    assertThat(simulator.requests().total()).isEqualTo(12);
  }
}
