package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.Project;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The simulated Jira. */
public class TestedJira implements TestedSource {

  private final Simulator simulator;

  public TestedJira(Simulator simulator) {
    this.simulator = simulator;
  }

  @Override
  public String name() {
    return "jira";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString(), "email", "demo@acme.example");
  }

  @Override
  public String mainOperation() {
    return "search/jql";
  }

  @Override
  public String firstWalk() {
    return "order by created";
  }

  @Override
  public String mainTable() {
    return "work_item";
  }

  @Override
  public int count() {
    return simulator.world().issueCount();
  }

  @Override
  public int change(int count) {
    int step = Math.max(1, count() / count);
    int changed = 0;
    for (int i = 0; i < count() && changed < count; i += step) {
      simulator.world().editIssue(i);
      changed++;
    }
    return changed;
  }

  @Override
  public List<String> elements() {
    return simulator.world().projects().stream().map(Project::key).toList();
  }

  @Override
  public String elementColumn() {
    return "project_id";
  }

  @Override
  public void hideFirstElement(boolean hidden) {
    simulator.world().visibility().hideProject(0, hidden);
  }

  @Override
  public int quietRequests() {
    return 10 + simulator.world().projects().size() / 25;
  }

  /** Other streams are priced beside it. */
  @Override
  public long estimated(JsonNode estimate) {
    return estimate
        .path("streams")
        .valueStream()
        .filter(each -> each.path("stream").asString().equals("issues"))
        .mapToLong(each -> each.path("records").asLong())
        .sum();
  }

  @Override
  public void assertEqualToWorld(JdbcClient jdbc, long connection) {
    new JiraTruth(jdbc, simulator.world()).assertEqual(connection);
  }

  /** Not the search for what changed since, which each run makes once for what it had read. */
  @Override
  public boolean readsPage(Asked asked) {
    boolean search = asked.path().contains("search/jql") && asked.body().contains("by created");
    return search || asked.path().matches(".*/(changelog/bulkfetch|changelog|comment)(\\?.*)?");
  }

  @Override
  public ArrayNode records(Asked asked, JsonNode answer) {
    return asked.path().contains(mainOperation()) && answer.path("issues") instanceof ArrayNode list
        ? list
        : JsonMapper.shared().createArrayNode();
  }

  @Override
  public ObjectNode fields(ObjectNode record) {
    return (ObjectNode) record.path("fields");
  }

  @Override
  public Names names() {
    return new Names("summary", "description", "created", "updated");
  }

  @Override
  public JsonNode text(String text) {
    var document = JsonMapper.shared().createObjectNode();
    document.put("type", "doc").put("version", 1);
    var paragraph = document.putArray("content").addObject().put("type", "paragraph");
    paragraph.putArray("content").addObject().put("type", "text").put("text", text);
    return document;
  }

  @Override
  public boolean truncate(ObjectNode record) {
    if (!(fields(record).path("comment").path("comments") instanceof ArrayNode comments)) {
      return false;
    }
    boolean longer = comments.size() > 1;
    while (comments.size() > 1) comments.remove(1);
    return longer;
  }
}
