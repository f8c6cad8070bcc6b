package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the connector's README says of cost. */
class JiraCostTest extends ConnectorFixture {

  /** Of three projects: the boards of scrum, and one that might have some. */
  private static final long BOARDS_WITH_SPRINTS = 3;

  @BeforeEach
  void what_is_asked_is_seen() {
    proxy();
  }

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
  void an_hour_later_the_boards_and_their_open_sprints_are_read_besides() {
    sync();
    var planning = simulator.world().planning();
    var sprint = simulator.world().sprints(simulator.world().projects().getFirst()).get(2);
    planning.closeSprint(sprint.id());
    anHourPasses();
    simulator.requests().reset();
    proxy().forget();

    sync();

    assertThat(simulator.requests().total()).isEqualTo(10 + 1 + BOARDS_WITH_SPRINTS + 1);
    assertThat(simulator.requests().counts())
        .containsEntry("jira board", 1L)
        .containsEntry("jira board/sprint", BOARDS_WITH_SPRINTS)
        .containsEntry("jira sprint/id", 1L);
    assertThat(proxy().asked().stream().filter(each -> each.path().contains("/sprint?")))
        .allMatch(each -> each.path().contains("state=active%2Cfuture"));
    assertEqualToWorld();
  }

  /** As if the boards had been read an hour before. */
  private void anHourPasses() {
    jdbc.sql(
            "update checkpoint set completed_at = completed_at - interval '61 minutes' where stream"
                + " = 'boards'")
        .update();
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
