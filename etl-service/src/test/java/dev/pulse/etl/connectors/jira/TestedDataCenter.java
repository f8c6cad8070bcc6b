package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.local.Simulator;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The simulated Jira Data Center: the same world in other words. */
final class TestedDataCenter extends TestedJira {

  TestedDataCenter(Simulator simulator) {
    super(simulator);
  }

  @Override
  public String name() {
    return "jira-data-center";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString());
  }

  @Override
  public String mainOperation() {
    return "search";
  }

  @Override
  public boolean readsPage(Asked asked) {
    boolean search =
        asked.path().endsWith("/search")
            && (asked.body().contains("by created") || asked.body().contains("id in ("));
    return search || asked.path().matches(".*/(comment|worklog)(\\?.*)?");
  }

  @Override
  public boolean goesOn(Asked asked) {
    return asked.text().contains(mainOperation()) && asked.body().contains(" and created >= ");
  }

  @Override
  public ArrayNode records(Asked asked, JsonNode answer) {
    boolean search = asked.path().endsWith("/search") && asked.body().contains("project in");
    return search && answer.path("issues") instanceof ArrayNode list
        ? list
        : JsonMapper.shared().createArrayNode();
  }

  @Override
  public JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }
}
