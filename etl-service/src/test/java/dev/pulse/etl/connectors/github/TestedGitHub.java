package dev.pulse.etl.connectors.github;

import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.Repository;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The simulated GitHub. */
public class TestedGitHub implements TestedSource {

  final Simulator simulator;

  public TestedGitHub(Simulator simulator) {
    this.simulator = simulator;
  }

  @Override
  public String name() {
    return "github";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString(), "organization", simulator.world().organization());
  }

  @Override
  public String mainOperation() {
    return "Pulls";
  }

  @Override
  public String firstWalk() {
    return "";
  }

  @Override
  public String mainTable() {
    return "pull_request";
  }

  @Override
  public int count() {
    return simulator.world().pullCount();
  }

  @Override
  public int change(int count) {
    int step = Math.max(1, count() / count);
    int changed = 0;
    for (int i = 0; i < count() && changed < count; i += step) {
      simulator.world().editPull(i);
      simulator.world().codeIssues().edit(i % simulator.world().codeIssues().count());
      changed++;
    }
    return changed;
  }

  @Override
  public List<String> elements() {
    return simulator.world().repositories().stream().map(Repository::fullName).toList();
  }

  @Override
  public String elementColumn() {
    return "repository_id";
  }

  @Override
  public void hideFirstElement(boolean hidden) {
    simulator.world().visibility().hideRepository(0, hidden);
  }

  @Override
  public List<String> streamsThatStayOpen() {
    return List.of("open_workflow_runs", "open_deployments");
  }

  @Override
  public int quietRequests() {
    return 10 + simulator.world().repositories().size() / 25;
  }

  @Override
  public void assertEqualToWorld(JdbcClient jdbc, long connection) {
    new GitHubTruth(jdbc, simulator.world()).assertEqual(connection);
  }

  @Override
  public long estimated(JsonNode estimate) {
    return estimate
        .path("streams")
        .valueStream()
        .filter(each -> each.path("stream").asString().equals("pull_requests"))
        .mapToLong(each -> each.path("records").asLong())
        .sum();
  }

  @Override
  public boolean readsPage(Asked asked) {
    return asked.body().contains("query Pull")
        || asked.body().contains("query Issue")
        || asked.body().contains("query Deployments(")
        || asked.path().contains("/comments?")
        || asked.path().contains("/actions/runs?")
        || asked.path().contains("/jobs?");
  }

  @Override
  public ArrayNode records(Asked asked, JsonNode answer) {
    boolean page = asked.body().contains("query " + mainOperation() + "(");
    return page && answer.at("/data/node/pullRequests/nodes") instanceof ArrayNode list
        ? list
        : JsonMapper.shared().createArrayNode();
  }

  @Override
  public ObjectNode fields(ObjectNode record) {
    return record;
  }

  @Override
  public Names names() {
    return new Names("title", "body", "createdAt", "updatedAt");
  }

  @Override
  public JsonNode text(String text) {
    return StringNode.valueOf(text);
  }

  @Override
  public boolean truncate(ObjectNode record) {
    boolean shortened = false;
    for (var name : List.of("commits", "reviews", "timelineItems")) {
      if (!(record.path(name).path("nodes") instanceof ArrayNode nodes) || nodes.size() < 2) {
        continue;
      }
      while (nodes.size() > 1) nodes.remove(1);
      ((ObjectNode) record.path(name).path("pageInfo"))
          .put("hasNextPage", true)
          .put("endCursor", "after the first");
      shortened = true;
    }
    return shortened;
  }
}
