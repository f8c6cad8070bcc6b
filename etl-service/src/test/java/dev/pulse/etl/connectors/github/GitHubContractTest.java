package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.ConnectorContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubContractTest extends ConnectorContractTest {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Test
  void a_repository_that_is_hidden_is_reported_by_name_and_the_others_are_read() {
    sync();
    var world = simulator.world();
    world.visibility().hideRepository(0, true);
    int changed = 0;
    while (world.pull(changed).repository().index() == 0) changed++;
    world.editPull(changed);

    sync();

    var hidden =
        api("GET", "jobs/" + connection + "/coverage", "")
            .json()
            .path("items")
            .valueStream()
            .filter(each -> !each.path("unreadable").isEmpty())
            .map(each -> each.path("name").asString())
            .toList();
    assertThat(hidden).containsExactly(world.repository(0).fullName());
    var run = job().path("runId").asLong();
    var events = api("GET", "runs/" + run + "/errors", "").json().toString();
    assertThat(events).contains("UNREADABLE", world.repository(0).fullName());
    assertThat(counter("updated")).isPositive();
  }

  @Test
  void what_moves_to_the_front_while_it_is_read_is_neither_lost_nor_doubled() {
    sync();
    var world = simulator.world();
    for (int i = 0; i < world.pullCount(); i++) world.editPull(i);
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).on("Pulls").number(200));
    simulator.requests().reset();
    start();
    await().until(() -> simulator.requests().counts().getOrDefault("github graphql Pulls", 0L) > 3);
    for (int i = 0; i < world.pullCount(); i += 2) world.editPull(i);

    awaitEnd("FINISHED");
    simulator.faults().clear();
    sync();

    assertEqualToWorld();
  }

  @Test
  void a_repository_that_is_renamed_while_it_is_read_stays_the_same_repository() {
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).on("Pulls").number(200));
    connect();
    start();
    await().until(() -> simulator.requests().counts().containsKey("github graphql Pulls"));
    simulator.world().hosting().rename(0, "renamed");

    awaitEnd("FINISHED");
    simulator.faults().clear();
    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().counts()).containsKey("github repositories/issues/comments");
  }

  @Test
  void a_repository_that_is_renamed_between_runs_is_not_read_again() {
    sync();
    var world = simulator.world();
    world.hosting().rename(0, "renamed");
    int changed = 0;
    while (world.pull(changed).repository().index() != 0) changed++;
    world.editPull(changed);

    sync();

    assertEqualToWorld();
    assertThat(counter("inserted")).isLessThan(5);
    assertThat(texts("select full_name from repository where connection_id = ?"))
        .contains("acme/renamed")
        .hasSameSizeAs(world.repositories());
  }

  @Test
  void two_pull_requests_with_hundreds_of_children_are_read_whole_for_five_points() {
    var pull = simulator.world().pull(3);
    assertThat(List.of(pull.commits(), pull.reviews(), pull.events()))
        .allSatisfy(list -> assertThat(list).hasSizeGreaterThan(100));

    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().points()).containsEntry("github graphql PullChildren", 5L);
    assertThat(simulator.requests().points().get("github graphql Pulls")).isLessThan(20);
  }
}
