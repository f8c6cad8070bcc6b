package dev.pulse.local.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST interface of Pulse, through its only door, with the token that the gateway has left. */
final class GatewayApi {

  private static final String OF_ETL = "/api/etl/";
  private static final String HIDDEN = "/api/v1/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Http http;
  private final URI gateway;
  private final Path token;

  GatewayApi(Http http, Ports ports, Secrets secrets) {
    this.http = http;
    this.gateway = URI.create("http://127.0.0.1:" + ports.gateway());
    this.token = secrets.scriptToken();
  }

  URI url() {
    return gateway;
  }

  /**
   * One request.
   *
   * @throws LauncherProblem if nothing answers
   */
  Http.Answer send(String method, String path, Optional<String> json) {
    try {
      return http.send(method, uri(path), json, PATIENCE, authorization());
    } catch (IOException e) {
      throw new LauncherProblem(
          "The gateway does not answer on %s (%s).".formatted(gateway, e),
          "Run: scripts/pulse demo",
          e);
    }
  }

  /** A read that is yet to be sent, by whichever client. */
  HttpRequest request(String path, Duration patience) {
    var request = HttpRequest.newBuilder(uri(path)).timeout(patience);
    authorization().forEach(request::header);
    return request.build();
  }

  /** The states of all jobs, as etl-service tells them; empty if it does not answer. */
  Optional<List<JsonNode>> jobs() {
    try {
      var uri = uri(OF_ETL + "jobs/status");
      var answer = http.send("GET", uri, Optional.empty(), Duration.ofSeconds(10), authorization());
      if (!answer.succeeded()) return Optional.empty();
      return Optional.of(List.copyOf(JSON.readTree(answer.body()).values()));
    } catch (IOException | JacksonException unknown) {
      return Optional.empty();
    }
  }

  /**
   * Sends what must succeed.
   *
   * @throws LauncherProblem with the service's own words if it does not
   */
  JsonNode require(String method, String path, Optional<String> json) {
    var answer = send(method, path, json);
    if (answer.succeeded()) {
      return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
    }
    throw new LauncherProblem(
        "%s %s was answered %d: %s".formatted(method, path, answer.status(), answer.body()),
        "See .pulse/logs/backend-service.log and .pulse/logs/etl-service.log.");
  }

  private URI uri(String path) {
    if (path.startsWith(HIDDEN)) {
      throw new LauncherProblem(
          "%s is a path of etl-service itself, which the gateway alone may ask.".formatted(path),
          "Use " + OF_ETL + path.substring(HIDDEN.length()));
    }
    try {
      return URI.create(gateway + path);
    } catch (IllegalArgumentException e) {
      throw new LauncherProblem(
          "'%s' is no path of a URL.".formatted(path), "Escape what is special in it.", e);
    }
  }

  /** Without a token too there is something to ask for, such as the health. */
  private Map<String, String> authorization() {
    return Files.exists(token)
        ? Map.of("Authorization", "Bearer " + Secrets.read(token))
        : Map.of();
  }
}
