package dev.pulse.local.launcher;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST interface of etl-service, under the paths that the gateway will show. */
final class EtlApi {

  private static final String GATEWAY_PREFIX = "/api/etl/";
  private static final String OWN_PREFIX = "/api/v1/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Http http;
  private final URI service;

  EtlApi(Http http, Ports ports) {
    this.http = http;
    this.service = URI.create("http://127.0.0.1:" + ports.etl());
  }

  URI url() {
    return service;
  }

  /**
   * One request.
   *
   * @param path as on the gateway, or etl-service's own
   * @throws LauncherProblem if nothing answers, or only the gateway could
   */
  Http.Answer send(String method, String path, Optional<String> json) {
    try {
      return http.send(method, URI.create(service + own(path)), json, PATIENCE);
    } catch (IOException e) {
      throw new LauncherProblem(
          "etl-service does not answer on %s (%s).".formatted(service, e),
          "Run: scripts/pulse demo",
          e);
    } catch (IllegalArgumentException e) {
      throw new LauncherProblem(
          "'%s' is no path of a URL.".formatted(path), "Escape what is special in it.", e);
    }
  }

  /** The states of all jobs, as etl-service tells them; empty if it does not answer. */
  Optional<List<JsonNode>> jobs() {
    try {
      var uri = service.resolve(OWN_PREFIX + "jobs/status");
      var answer = http.send("GET", uri, Optional.empty(), Duration.ofSeconds(10));
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
        "See .pulse/logs/etl-service.log.");
  }

  /** There is no gateway yet: its paths of etl-service are sent to etl-service itself. */
  static String own(String path) {
    if (path.startsWith(GATEWAY_PREFIX))
      return OWN_PREFIX + path.substring(GATEWAY_PREFIX.length());
    if (path.startsWith(OWN_PREFIX) || !path.startsWith("/api/")) return path;
    throw new LauncherProblem(
        "Only the gateway would answer %s, and it is not built yet.".formatted(path),
        "Use a path that begins with /api/etl/.");
  }
}
