package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.CodeIssues;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Issues that come, go, move and are hidden. Each run counts. */
@TestPropertySource(properties = "pulse.ingest.census-every=0s")
class GitHubIssuesTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Test
  void no_pull_request_is_among_the_issues_and_a_quiet_run_asks_for_none() {
    sync();
    simulator.requests().reset();

    sync();

    assertThat(texts("select external_id from work_item where connection_id = ?"))
        .hasSize(issues().count())
        .allMatch(id -> id.startsWith("I_"));
    assertThat(simulator.requests().counts())
        .doesNotContainKeys(
            "github graphql Issues",
            "github graphql IssueIds",
            "github graphql IssueTimeline",
            "github graphql Milestones");
  }

  @Test
  void an_issue_that_is_deleted_is_marked_with_all_that_belongs_to_it() {
    sync();
    issues().delete(0);
    issues().delete(5);

    sync();

    assertThat(gone()).hasSize(2).allMatch(each -> each.endsWith("NOT_VISIBLE"));
    assertThat(texts(ofGone("work_item_change", "work_item_id"))).isNotEmpty().containsOnly("true");
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
  }

  @Test
  void an_issue_that_is_transferred_is_gone_here_and_new_there() {
    sync();
    int became = issues().transfer(0);
    simulator.requests().reset();

    sync();

    assertEqualToWorld();
    assertThat(gone()).hasSize(1);
    assertThat(
            texts(
                "select from_text || ' ' || to_text from work_item_change where connection_id = ?"
                    + " and field = 'repository'"))
        .containsExactly(
            simulator.world().repository(0).fullName()
                + " "
                + issues().issue(became).repository().fullName());
    assertThat(simulator.requests().counts().get("github graphql IssuesById")).isEqualTo(1);
  }

  @Test
  void a_repository_that_keeps_no_issues_hides_them_until_it_does_again() {
    sync();
    long before = texts("select id::text from work_item where connection_id = ?").size();
    issues().switchOff(0, true);

    sync();

    assertEqualToWorld();
    assertThat(gone()).hasSize((int) before / simulator.world().repositories().size());
    simulator.requests().reset();
    sync();
    assertThat(simulator.requests().counts()).doesNotContainKey("github graphql Issues");

    issues().switchOff(0, false);
    sync();

    assertEqualToWorld();
    assertThat(gone()).isEmpty();
  }

  @Test
  void the_issues_of_a_renamed_repository_are_named_after_it() {
    sync();
    simulator.world().hosting().rename(0, "renamed");

    sync();

    assertEqualToWorld();
    assertThat(texts("select key from work_item where connection_id = ?"))
        .anyMatch(key -> key.startsWith("acme/renamed#"));
    assertThat(counter("inserted")).isZero();
  }

  @Test
  void milestones_come_and_go_and_change() {
    sync();
    var world = simulator.world();
    var milestones = issues().milestones();
    var first = milestones.of(world.repository(0));
    milestones.add(world.repository(0));
    milestones.edit(first.getFirst());
    milestones.delete(first.getLast());

    sync();

    assertEqualToWorld();
    assertThat(
            texts(
                "select gone_reason from release where connection_id = ? and deleted_at is not"
                    + " null"))
        .containsExactly("DELETED");
  }

  @Test
  void what_is_done_to_issues_while_they_are_read_is_in_the_next_run() {
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).on("Issues").number(150));
    connect();
    start();
    await().until(() -> simulator.requests().counts().containsKey("github graphql Issues"));
    for (int round = 0; round < 20; round++) {
      issues().edit(round * 3);
      issues().toggle(round);
      if (round % 5 == 0) issues().delete(100 + round);
      if (round % 7 == 0) issues().transfer(60 + round);
      issues().create();
    }

    awaitEnd("FINISHED");
    simulator.faults().clear();
    sync();
    sync(); // what was gone while it was read was stored after its census had begun

    assertEqualToWorld();
  }

  @Test
  void issues_that_were_closed_and_opened_again_keep_their_whole_history() {
    sync();
    for (int i = 0; i < issues().count(); i++) issues().toggle(i);
    sync();
    for (int i = 0; i < issues().count(); i += 2) issues().toggle(i);

    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().counts()).containsKey("github graphql IssueTimeline");
  }

  @Test
  void a_page_of_issues_that_is_too_heavy_is_asked_for_in_smaller_pieces() {
    simulator
        .faults()
        .add(Fault.of(Kind.BAD_GATEWAY_ON_BIG_PAGES, source.name()).on("Issues").number(10));

    sync();

    assertEqualToWorld();
  }

  private CodeIssues issues() {
    return simulator.world().codeIssues();
  }

  private List<String> gone() {
    return texts(
        "select external_id || ' ' || gone_reason from work_item where connection_id = ? and"
            + " deleted_at is not null");
  }

  /** Whether each row of a table whose issue is gone is gone too. */
  private static String ofGone(String table, String column) {
    return """
    select distinct (t.deleted_at is not null)::text
    from %s t
    join work_item w on w.connection_id = t.connection_id and w.external_id = t.%s and w.deleted_at is not null
    where t.connection_id = ?
    """
        .formatted(table, column);
  }
}
