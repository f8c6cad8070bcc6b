package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Issues that do not give what they owe. The first has more comments than a search embeds. */
class JiraOwedTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }

  /** So many that a second issue has that many comments. */
  @Override
  protected int scale() {
    return 2_600;
  }

  @Test
  void an_issue_that_refuses_its_comments_fails_no_run_and_costs_no_other_its_own() {
    simulator.faults().add(Fault.of(Kind.FORBIDDEN, "jira").matching("issue/10007/comment"));

    sync();

    assertThat(owed()).containsExactly("10007");
    assertThat(commentsOf("10998")).hasSizeGreaterThan(20);
    assertThat(setAside()).containsExactly("comments of 10007");

    simulator.faults().clear();
    sync();

    assertThat(owed()).isEmpty();
    assertThat(setAside()).isEmpty();
    assertEqualToWorld();
  }

  @Test
  void comments_of_an_issue_that_is_hidden_for_a_moment_are_read_when_it_is_shown_again() {
    simulator.faults().add(Fault.of(Kind.NOT_FOUND, "jira").matching("issue/10007/comment"));
    sync();
    assertThat(commentsOf("10007")).isEmpty();
    assertThat(setAside()).isEmpty();

    simulator.faults().clear();
    sync();

    assertThat(owed()).isEmpty();
    assertEqualToWorld();
  }

  @Test
  void histories_of_issues_that_are_hidden_for_a_moment_are_read_when_they_are_shown_again() {
    proxy()
        .answer(
            (asked, from) -> {
              boolean bulk = asked.path().contains("changelog/bulkfetch");
              if (bulk) simulator.world().visibility().hideProject(0, true);
              return from.answer(asked);
            });
    sync();
    proxy().passOn();
    simulator.world().visibility().hideProject(0, false);

    sync();

    assertThat(owed()).isEmpty();
    assertEqualToWorld();
  }

  @Test
  void an_issue_that_turns_out_to_be_gone_owes_nothing() {
    simulator.faults().add(Fault.of(Kind.NOT_FOUND, "jira").matching("issue/10007/comment"));
    sync();
    simulator.faults().clear();
    simulator.world().deleteIssue(7);
    jdbc.sql("update scope_element set seen_at = seen_at - interval '2 days'").update();
    jdbc.sql(
            "update checkpoint set completed_at = completed_at - interval '2 days' where stream ="
                + " 'issue_census'")
        .update();

    sync();

    assertThat(owed()).isEmpty();
    assertEqualToWorld();
  }

  private List<String> owed() {
    return texts("select parent_id from owed where connection_id = ? order by parent_id");
  }

  private List<String> setAside() {
    return texts("select external_id from quarantine where connection_id = ?");
  }

  private List<String> commentsOf(String issue) {
    return texts(
        "select external_id from comment where connection_id = ? and parent_id = '%s'"
            .formatted(issue));
  }
}
