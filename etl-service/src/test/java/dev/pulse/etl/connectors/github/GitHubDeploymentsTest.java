package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.CodeDeployments;
import dev.pulse.local.world.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deployments that come, go on and are replaced after the first sync. */
class GitHubDeploymentsTest extends ConnectorFixture {

  private CodeDeployments deployments;
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
    deployments = simulator.world().deployments();
    repository = simulator.world().repository(1);
    sync();
    simulator.requests().reset();
  }

  @Test
  void a_new_deployment_is_read_with_the_next_sync_and_then_until_it_has_ended() {
    var made = deployments.create(repository, "production");
    sync();
    assertEqualToWorld();

    deployments.tell(made, "QUEUED");
    deployments.tell(made, "IN_PROGRESS");
    sync();
    assertEqualToWorld();

    deployments.tell(made, "SUCCESS");
    sync();
    assertEqualToWorld();
    assertThat(
            texts(
                "select concat_ws(' ', environment, production, ref is not null) from deployment"
                    + " where connection_id = ? and commit_sha = '%s'".formatted(made.sha())))
        .containsExactly("production t t");
  }

  @Test
  void environments_are_of_production_where_github_says_so_whatever_their_name() {
    assertThat(
            texts(
                "select distinct environment || ' ' || production from deployment where"
                    + " connection_id = ?"))
        .containsExactlyInAnyOrder(
            "production true", "live-eu true", "staging false", "review false");
  }

  @Test
  void a_deployment_that_is_replaced_by_a_newer_one_is_found_inactive() {
    var first = deployments.create(repository, "staging");
    deployments.tell(first, "SUCCESS");
    sync();

    deployments.tell(deployments.create(repository, "staging"), "SUCCESS");
    sync();

    assertThat(deployments.find(repository, first.databaseId()).map(CodeDeployment::state))
        .contains("INACTIVE");
    assertEqualToWorld();
  }

  @Test
  void an_old_deployment_that_becomes_inactive_is_found_within_a_week() {
    var fortyDaysAgo = simulator.world().now().minusSeconds(40 * 86_400);
    for (int i = 0; i < 150; i++) deployments.create(repository, "review", fortyDaysAgo);
    deployments.tell(deployments.create(repository, "production"), "SUCCESS");
    sync();
    deployments.tell(deployments.of(repository).getFirst(), "INACTIVE");
    daysPass(1);
    sync();
    assertThat(inactive()).isLessThan(truth());

    daysPass(7);
    sync();

    assertEqualToWorld();
  }

  private long inactive() {
    return texts(
            "select external_id from deployment_status where connection_id = ? and state ="
                + " 'INACTIVE'")
        .size();
  }

  private long truth() {
    return simulator.world().repositories().stream()
        .flatMap(each -> deployments.of(each).stream())
        .flatMap(each -> each.statuses().stream())
        .filter(each -> each.state().equals("INACTIVE"))
        .count();
  }

  @Test
  void a_deployment_with_many_statuses_is_told_of_each_further_one() {
    var many = deployments.create(repository, "staging");
    for (int i = 0; i < 60; i++) deployments.tell(many, "IN_PROGRESS");
    sync();
    assertEqualToWorld();

    deployments.tell(many, "FAILURE");
    sync();

    assertEqualToWorld();
  }

  @Test
  void quiet_repositories_are_not_asked_for_their_deployments() {
    sync();

    assertThat(simulator.requests().counts())
        .doesNotContainKey("github graphql Deployments")
        .containsEntry("github graphql DeploymentProbe", 1L)
        .containsEntry("github graphql DeploymentsById", 1L);
  }

  @Test
  void a_token_without_the_right_is_told_so_and_reads_the_rest() {
    simulator.faults().add(Fault.of(Kind.FORBIDDEN, source.name()).on("deployments"));
    deployments.create(repository, "production");
    simulator.world().editPull(1);

    sync();

    assertThat(counter("inserted") + counter("updated")).isPositive();
    var check = api("POST", "connections/" + connection + "/check", "").json();
    assertThat(check.path("works").asBoolean()).isTrue();
    assertThat(check.path("missing").valueStream())
        .extracting(each -> each.path("right").asString())
        .containsExactly("Deployments: read");
    simulator.faults().clear();
    sync();
    assertEqualToWorld();
  }

  /** What was read is older by so much. */
  private void daysPass(int days) {
    jdbc.sql(
            """
            update checkpoint
               set completed_at = completed_at - :days * interval '1 day',
                   mark = (split_part(mark, ' ', 1)::bigint - :days * 86400) || ' '
                     || (split_part(mark, ' ', 2)::bigint - :days * 86400) || substring(mark from ' \\|.*$')
             where connection_id = :connection and stream = 'deployments'
            """)
        .param("days", days)
        .param("connection", connection)
        .update();
  }
}
