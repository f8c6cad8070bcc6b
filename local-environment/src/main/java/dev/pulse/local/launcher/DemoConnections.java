package dev.pulse.local.launcher;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connects etl-service to the simulated sources, once, and starts the first sync of each. */
final class DemoConnections {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final EtlApi etl;
  private final URI simulator;

  DemoConnections(EtlApi etl, URI simulator) {
    this.etl = etl;
    this.simulator = simulator;
  }

  /** Makes those that are missing, and starts what never ran. */
  void make() {
    make(
        "jira",
        "Jira (demo)",
        Map.of("baseUrl", simulator + "/jira", "email", "demo@pulse.example"),
        Map.of("token", "demo"));
    make(
        "github",
        "GitHub (demo)",
        Map.of("baseUrl", simulator + "/github"),
        Map.of("token", "demo"));
  }

  private void make(
      String connector, String name, Map<String, String> settings, Map<String, String> secrets) {
    var id = find(name).orElseGet(() -> create(connector, name, settings, secrets));
    var job = etl.require("GET", "/api/etl/jobs/" + id, Optional.empty());
    if (job.path("state").asString("").equals("NOT_STARTED")) {
      etl.require("POST", "/api/etl/jobs/%d/start".formatted(id), Optional.of("{}"));
    }
  }

  private Optional<Long> find(String name) {
    return etl.require("GET", "/api/etl/connections?limit=200", Optional.empty())
        .path("items")
        .valueStream()
        .filter(each -> each.path("name").asString("").equals(name))
        .map(each -> each.path("id").asLong())
        .findFirst();
  }

  private long create(
      String connector, String name, Map<String, String> settings, Map<String, String> secrets) {
    var body =
        JSON.writeValueAsString(
            Map.of("connector", connector, "name", name, "settings", settings, "secrets", secrets));
    JsonNode made = etl.require("POST", "/api/etl/connections", Optional.of(body));
    return made.path("id").asLong();
  }
}
