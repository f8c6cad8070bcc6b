package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.github.EnterpriseServerApi;
import org.junit.jupiter.api.Test;

/** A server of one's own: other addresses, a version, and mostly no rate limits. */
class GitHubEnterpriseServerTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedEnterpriseServer(simulator);
  }

  @Test
  void a_server_is_read_below_its_own_paths() {
    sync();
    assertEqualToWorld();
    source.change(20);
    simulator.world().hosting().rename(0, "renamed");
    simulator.world().histories().push(simulator.world().repository(1));

    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().counts())
        .containsKeys("github-enterprise graphql Pulls", "github-enterprise repos/compare")
        .doesNotContainKey("github-enterprise page");
  }

  @Test
  void a_repository_that_is_renamed_in_mid_run_is_followed_below_the_same_path() {
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).on("Pulls").number(200));
    connect();
    start();
    await()
        .until(() -> simulator.requests().counts().containsKey("github-enterprise graphql Pulls"));
    simulator.world().hosting().rename(0, "renamed");

    awaitEnd("FINISHED");

    assertThat(simulator.requests().counts())
        .containsKey("github-enterprise repositories/issues/comments")
        .doesNotContainKey("github-enterprise page");
  }

  @Test
  void a_check_says_which_version_answers() {
    var check = api("POST", "connections/check", body(Simulator.TOKEN)).json();

    assertThat(check.path("works").asBoolean()).as(check.toString()).isTrue();
    assertThat(check.path("product").asString())
        .isEqualTo("GitHub Enterprise Server " + EnterpriseServerApi.VERSION);
  }

  @Test
  void without_rate_limits_no_budget_is_known_and_nothing_waits() {
    sync();

    assertThat(budgets()).isZero();
  }

  @Test
  void rate_limits_that_are_switched_on_are_kept() {
    simulator.source(EnterpriseServerApi.class).limited(true);

    sync();

    assertThat(budgets()).isEqualTo(2);
  }

  private long budgets() {
    return jdbc.sql("select count(*) from rate_budget where allowance is not null")
        .query(Long.class)
        .single();
  }
}
