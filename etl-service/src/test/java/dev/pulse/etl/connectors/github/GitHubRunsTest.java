package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.Pipelines;
import dev.pulse.local.world.Repository;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of workflows that begin, end and are run again after the first sync. */
class GitHubRunsTest extends ConnectorFixture {

  private static final String RUNS = "github repos/actions/runs";

  private Pipelines pipelines;
  private Repository repository;

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Override
  protected int scale() {
    return 300;
  }

  @BeforeEach
  void everything_is_read() {
    pipelines = simulator.world().pipelines();
    repository = simulator.world().repository(1);
    sync();
    simulator.requests().reset();
  }

  @Test
  void a_run_that_follows_a_push_is_read_with_the_next_sync() {
    simulator.world().histories().push(repository);
    pipelines.finish(pipelines.start(repository), "success");

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_run_that_nothing_announced_is_found_within_six_hours() {
    pipelines.finish(pipelines.start(repository), "failure");
    sync();
    assertThat(simulator.requests().counts()).doesNotContainKey(RUNS);

    hoursPass(6);
    sync();

    assertEqualToWorld();
  }

  @Test
  void a_run_in_progress_is_read_by_its_id_until_it_is_finished() {
    simulator.world().histories().push(repository);
    var run = pipelines.start(repository);
    sync();
    assertThat(states(run.databaseId())).containsExactly("RUNNING");

    pipelines.finish(run, "timed_out");
    sync();

    assertThat(states(run.databaseId())).containsExactly("FINISHED TIMED_OUT");
    assertEqualToWorld();
    simulator.requests().reset();
    sync();
    var owed = texts("select parent_id from owed where connection_id = ?");
    assertThat(owed).doesNotContain("" + run.databaseId());
  }

  @Test
  void what_begins_after_a_run_has_finished_is_read_in_the_same_sync() {
    var quiet = simulator.world().repository(0);
    var waiting = pipelines.all(quiet).newest(0);
    assertThat(waiting.latest().status()).isEqualTo("waiting");
    pipelines.finish(waiting, "success");
    pipelines.finish(pipelines.start(quiet), "success");

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_run_that_is_run_again_at_once_is_found_by_the_next_walk_and_keeps_its_attempts() {
    simulator.world().histories().push(repository);
    var run = pipelines.start(repository);
    pipelines.finish(run, "failure");
    sync();

    pipelines.rerun(run);
    sync();

    assertThat(states(run.databaseId())).containsExactly("FINISHED FAILURE", "RUNNING");

    pipelines.finish(pipelines.find(repository, run.databaseId()).orElseThrow(), "success");
    sync();

    assertThat(states(run.databaseId())).containsExactly("FINISHED FAILURE", "FINISHED SUCCESS");
    assertEqualToWorld();
  }

  @Test
  void a_run_of_three_weeks_ago_that_is_run_again_is_found_within_a_day() {
    var old = pipelines.start(repository, simulator.world().now().minusSeconds(21 * 86_400));
    pipelines.finish(old, "failure");
    pipelines.finish(pipelines.start(repository), "success");
    simulator.world().histories().push(repository);
    sync();
    pipelines.rerun(old);
    pipelines.finish(pipelines.find(repository, old.databaseId()).orElseThrow(), "success");
    sync();
    assertThat(states(old.databaseId())).containsExactly("FINISHED FAILURE");

    hoursPass(24);
    sync();

    assertEqualToWorld();
  }

  @Test
  void quiet_repositories_are_asked_nothing_but_for_what_goes_on() {
    sync();

    assertThat(simulator.requests().counts())
        .containsEntry(RUNS + "/{id}", 1L)
        .doesNotContainKeys(RUNS, RUNS + "/{id}/jobs");
    assertThat(texts("select parent_id from owed where connection_id = ?")).hasSize(2);
  }

  @Test
  void workflows_that_are_switched_off_in_a_repository_cost_only_that() {
    pipelines.enable(repository, false);
    simulator.world().histories().push(repository);
    var other = simulator.world().repository(2);
    simulator.world().histories().push(other);
    pipelines.finish(pipelines.start(other), "success");

    sync();

    assertThat(unread()).containsExactly(repository.fullName());
    assertThat(states(pipelines.all(other).newest(0).databaseId())).hasSize(1);
    pipelines.enable(repository, true);
    sync();
    assertThat(unread()).isEmpty();
    assertEqualToWorld();
  }

  @Test
  void a_token_without_the_right_is_told_so_and_reads_the_rest() {
    simulator.faults().add(Fault.of(Kind.FORBIDDEN, source.name()).on("actions"));
    simulator.world().histories().push(repository);
    simulator.world().editPull(1);

    sync();

    assertThat(unread()).contains(repository.fullName());
    var check = api("POST", "connections/" + connection + "/check", "").json();
    assertThat(check.path("works").asBoolean()).isTrue();
    assertThat(check.path("missing").valueStream())
        .extracting(each -> each.path("right").asString())
        .containsExactly("Actions: read");
    simulator.faults().clear();
    sync();
    assertEqualToWorld();
  }

  @Test
  void a_run_that_is_deleted_before_it_ends_is_noted_and_asked_for_no_more() {
    simulator.world().histories().push(repository);
    var run = pipelines.start(repository);
    sync();

    pipelines.delete(run);
    sync();

    assertThat(texts("select reason from quarantine where connection_id = ?"))
        .singleElement()
        .asString()
        .contains("deleted");
    assertThat(texts("select parent_id from owed where connection_id = ?"))
        .doesNotContain("" + run.databaseId());
  }

  @Test
  void what_a_hidden_repository_owes_is_read_once_it_is_seen_again() {
    simulator.world().histories().push(repository);
    var run = pipelines.start(repository);
    sync();
    simulator.world().visibility().hideRepository(1, true);
    sync();
    pipelines.finish(run, "success");
    simulator.world().visibility().hideRepository(1, false);

    sync();

    assertEqualToWorld();
    assertThat(texts("select reason from quarantine where connection_id = ?")).isEmpty();
  }

  @Test
  void more_runs_than_a_search_shows_are_read_all() {
    simulator.world().histories().push(repository);
    var start = simulator.world().now().minusSeconds(1_300);
    for (int i = 0; i < 1_250; i++) pipelines.start(repository, start.plusSeconds(i));
    IntStream.range(0, 1_250)
        .mapToObj(i -> pipelines.all(repository).newest(i))
        .forEach(run -> pipelines.finish(run, "success"));

    sync();

    assertEqualToWorld();
    assertThat(counter("quarantined")).isZero();
  }

  /** The clock of the world and of the service go on: what was read is older by so much. */
  private void hoursPass(int hours) {
    jdbc.sql(
            """
            update checkpoint
               set completed_at = completed_at - :hours * interval '1 hour',
                   mark = (split_part(mark, ' ', 1)::bigint - :hours * 3600) || substring(mark from ' .*$')
             where connection_id = :connection and stream = 'workflow_runs'
            """)
        .param("hours", hours)
        .param("connection", connection)
        .update();
  }

  private List<String> states(long run) {
    return texts(
        "select concat_ws(' ', state, result) from build where connection_id = ? and external_id = '%d' order by attempt"
            .formatted(run));
  }

  private List<String> unread() {
    return api("GET", "jobs/" + connection + "/coverage", "")
        .json()
        .path("items")
        .valueStream()
        .filter(each -> !each.path("unreadable").isEmpty())
        .map(each -> each.path("name").asString())
        .toList();
  }
}
