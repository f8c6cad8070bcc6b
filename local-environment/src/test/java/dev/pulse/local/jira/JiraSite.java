package dev.pulse.local.jira;

import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small world behind a real HTTP server. */
final class JiraSite implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.shared();

  final World world;
  final Simulator simulator;
  private final HttpClient http = HttpClient.newHttpClient();

  JiraSite() {
    this(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));
  }

  JiraSite(Clock clock) {
    world = new World(7, 2_000, clock);
    simulator = Simulator.start(world, 0);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request("jira/rest/api/3/" + path).GET());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request("jira/rest/api/3/" + path).POST(BodyPublishers.ofString(body)));
  }

  /** What the answer to a successful request says. */
  JsonNode read(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
    return JSON.readTree(answer.body());
  }

  HttpRequest.Builder request(String path) {
    var pair = ("a@acme.example:" + Simulator.TOKEN).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(simulator.url("") + path))
        .setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    simulator.close();
    http.close();
  }
}
