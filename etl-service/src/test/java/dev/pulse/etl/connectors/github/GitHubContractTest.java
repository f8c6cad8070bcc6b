package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorContractTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitHubContractTest extends ConnectorContractTest {

  @Override
  protected String source() {
    return "github";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "baseUrl",
        simulator.url("github").toString(),
        "organization",
        simulator.world().organization());
  }

  @Override
  protected String mainOperation() {
    return "Pulls";
  }

  @Override
  protected int quietRequests() {
    return 10 + simulator.world().repositories().size() / 25;
  }

  @Override
  protected int change(int count) {
    int step = Math.max(1, simulator.world().pullCount() / count);
    int changed = 0;
    for (int i = 0; i < simulator.world().pullCount() && changed < count; i += step) {
      simulator.world().editPull(i);
      changed++;
    }
    return changed;
  }

  @Override
  protected void assertEqualToWorld() {
    new GitHubTruth(jdbc, simulator.world()).assertEqual(connection);
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
