package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorContractTest;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
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
    world.hideRepository(0, true);
    int changed = 0;
    while (world.pull(changed).repository().index() == 0) changed++;
    world.editPull(changed);

    sync();

    var hidden =
        api("GET", "jobs/" + connection + "/coverage", "")
            .json()
            .path("items")
            .valueStream()
            .filter(each -> !each.path("unreadableReason").isNull())
            .map(each -> each.path("name").asString())
            .toList();
    assertThat(hidden).containsExactly(world.repository(0).fullName());
    var run = job().path("runId").asLong();
    var events = api("GET", "runs/" + run + "/errors", "").json().toString();
    assertThat(events).contains("UNREADABLE", world.repository(0).fullName());
    assertThat(counter("updated")).isPositive();
  }
}
