package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.jira.DataCenterApi;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.node.ArrayNode;

/** What a server that shows few issues at once is believed about those that are gone. */
@TestPropertySource(properties = "pulse.ingest.census-every=0s")
class JiraDataCenterCensusTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedDataCenter(simulator);
  }

  @Override
  protected int scale() {
    return 120;
  }

  @Test
  void issues_that_the_list_left_out_are_all_asked_for_however_few_are_shown_at_once() {
    proxy();
    sync();
    simulator.world().deleteIssue(4);
    changing(JiraDataCenterCensusTest::leaveOut);
    simulator.source(DataCenterApi.class).mostIssues(3);

    sync();

    assertThat(
            texts(
                "select external_id from work_item where connection_id = ? and deleted_at is not"
                    + " null"))
        .containsExactly("10004");
  }

  /** Every other one of the first sixty, but never a whole page. */
  private static boolean leaveOut(ArrayNode issues) {
    int before = issues.size();
    for (int i = before - 1; i >= 0; i--) {
      int id = Integer.parseInt(issues.get(i).path("id").asString());
      if (id % 2 == 0 && id < 10_060) issues.remove(i);
    }
    return issues.size() < before;
  }
}
