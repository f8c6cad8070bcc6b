package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ConnectorContractTest;
import java.util.Map;

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
}
