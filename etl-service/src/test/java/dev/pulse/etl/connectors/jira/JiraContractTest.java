package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ConnectorContractTest;
import java.util.Map;

class JiraContractTest extends ConnectorContractTest {

  @Override
  protected String source() {
    return "jira";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("baseUrl", simulator.url("jira").toString(), "email", "demo@acme.example");
  }

  @Override
  protected String mainOperation() {
    return "search/jql";
  }

  @Override
  protected int quietRequests() {
    return 10 + simulator.world().projects().size() / 25;
  }

  @Override
  protected int change(int count) {
    int step = Math.max(1, simulator.world().issueCount() / count);
    int changed = 0;
    for (int i = 0; i < simulator.world().issueCount() && changed < count; i += step) {
      simulator.world().editIssue(i);
      changed++;
    }
    return changed;
  }

  @Override
  protected void assertEqualToWorld() {
    new JiraTruth(jdbc, simulator.world()).assertEqual(connection);
  }
}
