package dev.pulse.local.github;

import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small world behind a real HTTP server. */
final class GitHubSite implements AutoCloseable {
  static final String TOKEN = Simulator.TOKEN;
  static final JsonMapper JSON = JsonMapper.builder().build();

  final World world;
  final GitHubApi api;
  final Simulator simulator;
  final String base;
  private final HttpClient http = HttpClient.newHttpClient();

  GitHubSite(int restPerHour, int pointsPerHour) {
    world = new World(7, 2_000, Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));
    simulator = Simulator.start(world, 0);
    api = simulator.github();
    api.allow(restPerHour, pointsPerHour);
    base = simulator.url("github").toString();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path).GET(), headers);
  }

  HttpResponse<String> graphQl(String query, Map<String, ?> variables) throws Exception {
    String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
    return send(request("/graphql").POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  JsonNode asked(String query, Map<String, ?> variables) throws Exception {
    return JSON.readTree(graphQl(query, variables).body());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
        .setHeader("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    simulator.close();
    http.close();
  }
}
