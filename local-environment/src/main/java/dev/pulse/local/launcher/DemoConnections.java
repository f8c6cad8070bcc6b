package dev.pulse.local.launcher;

import dev.pulse.local.Simulator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connects etl-service to the simulated sources, once, and starts the first sync of each. */
final class DemoConnections {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * A connection of the demo.
   *
   * @param connector as etl-service calls it
   * @param name unique among the connections
   */
  private record Wanted(String connector, String name, JsonNode settings) {

    Wanted underAnotherNameOfThisMachine() {
      var other = JSON.readTree(settings.toString().replace("//127.0.0.1:", "//localhost:"));
      return new Wanted(connector, name + " again", other);
    }

    String json() {
      return JSON.writeValueAsString(
          Map.of(
              "connector",
              connector,
              "name",
              name,
              "settings",
              settings,
              "secrets",
              Map.of("token", Simulator.TOKEN)));
    }
  }

  private final GatewayApi api;
  private final List<Wanted> all;

  /** The simulator itself tells which sources there are, and how a client connects to them. */
  DemoConnections(GatewayApi api, Http http, URI simulator) {
    this.api = api;
    try {
      var told =
          http.send("GET", URI.create(simulator + "/_world/sources"), Optional.empty(), PATIENCE);
      this.all = JSON.readTree(told.body()).valueStream().map(DemoConnections::wanted).toList();
    } catch (IOException e) {
      throw new LauncherProblem(
          "The simulated sources do not answer on %s.".formatted(simulator),
          "Run: scripts/pulse demo",
          e);
    }
  }

  private static Wanted wanted(JsonNode source) {
    return new Wanted(
        source.path("connector").asString(),
        source.path("label").asString() + " (demo)",
        source.path("settings"));
  }

  /**
   * Makes those that are missing, and starts what never ran.
   *
   * @return the sources for which etl-service has no connector
   */
  List<String> make() {
    var readable = items("/api/etl/connectors", "id");
    var unread = new ArrayList<String>();
    for (var wanted : all) {
      if (readable.contains(wanted.connector()))
        start(find(wanted).orElseGet(() -> create(wanted)));
      else unread.add(wanted.connector());
    }
    return List.copyOf(unread);
  }

  /**
   * Makes connections that share neither allowance nor projects, and starts nothing: one to each
   * source that can be read, and then, from the last on, to the same under another name of this
   * machine.
   *
   * @return their ids
   */
  List<Long> connect(int count) {
    var readable = items("/api/etl/connectors", "id");
    var known = all.stream().filter(each -> readable.contains(each.connector())).toList();
    var wanted =
        Stream.concat(
            known.stream(), known.reversed().stream().map(Wanted::underAnotherNameOfThisMachine));
    return wanted.limit(count).map(this::create).toList();
  }

  private void start(long id) {
    var job = api.require("GET", "/api/etl/jobs/" + id, Optional.empty());
    if (job.path("state").asString("").equals("NOT_STARTED")) {
      api.require("POST", "/api/etl/jobs/%d/start".formatted(id), Optional.of("{}"));
    }
  }

  private Optional<Long> find(Wanted wanted) {
    return api.require("GET", "/api/etl/connections?limit=200", Optional.empty())
        .path("items")
        .valueStream()
        .filter(each -> each.path("name").asString("").equals(wanted.name()))
        .map(each -> each.path("id").asLong())
        .findFirst();
  }

  private long create(Wanted wanted) {
    return api.require("POST", "/api/etl/connections", Optional.of(wanted.json()))
        .path("id")
        .asLong();
  }

  private List<String> items(String path, String field) {
    return api.require("GET", path, Optional.empty())
        .path("items")
        .valueStream()
        .map(each -> each.path(field).asString(""))
        .toList();
  }
}
