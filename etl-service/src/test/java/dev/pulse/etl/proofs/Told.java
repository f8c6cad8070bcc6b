package dev.pulse.etl.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a process, and keeps all that it answers: headers, bodies and events. */
final class Told implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EtlProcess node;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();

  Told(EtlProcess node) {
    this.node = node;
  }

  String all() {
    return String.join("\n", answers);
  }

  String events() {
    return String.join("\n", events);
  }

  /** The answer to a request; empty if it is not JSON. */
  JsonNode json(String method, String path, String body) {
    var answer = keep(path, request(node.url(), path).method(method, publisher(body)));
    var type = answer.headers().firstValue("content-type").orElse("");
    boolean json = type.matches("application/(problem\\+)?json.*");
    return JsonMapper.shared().readTree(json ? answer.body() : "{}");
  }

  /** Reads lists and pages with a token that nobody has asked for. */
  void signedWith(String token) {
    for (var root : List.of(node.url(), node.managementUrl())) {
      for (var path : List.of("api/v1/jobs", "api/v1/nothing", "docs", "actuator/prometheus")) {
        keep(
            path,
            request(root, path)
                .header("Authorization", "Bearer " + token)
                .header("Cookie", "session=" + token)
                .header("X-Api-Key", token)
                .header("X-Request-Id", "not an id: " + token));
      }
    }
  }

  /** Whatever the service says that can be read. */
  void everyGet(Map<String, List<String>> ids) {
    var described = json("GET", "v3/api-docs", "");
    described
        .path("paths")
        .propertyStream()
        .filter(path -> path.getValue().has("get"))
        .map(path -> path.getKey().substring(1))
        .filter(path -> !path.endsWith("/events") || path.contains("{id}"))
        .forEach(path -> filled(path, ids).forEach(each -> json("GET", each, "")));
    for (var level : List.of("DEBUG", "INFO", "WARN")) {
      json("GET", "api/v1/logs/recent?limit=200&level=" + level, "");
    }
    for (var path : List.of("", "health", "actuator", "actuator/health", "actuator/prometheus")) {
      keep(path, request(node.managementUrl(), path));
    }
  }

  private static List<String> filled(String path, Map<String, List<String>> ids) {
    var variable = path.replaceAll(".*(\\{[a-z]+}).*", "$1");
    if (variable.equals(path)) return List.of(path);
    var known =
        ids.entrySet().stream()
            .filter(each -> path.contains(each.getKey()))
            .max(Map.Entry.comparingByKey((a, b) -> a.length() - b.length()));
    return known.map(Map.Entry::getValue).orElse(List.of()).stream()
        .map(id -> path.replace(variable, id))
        .toList();
  }

  void assertThereIsNo(String... endpoints) {
    for (var root : List.of(node.url(), node.managementUrl())) {
      for (var each : endpoints) {
        var answer = keep(each, request(root, "actuator/" + each));
        assertThat(answer.statusCode()).as(root + each).isEqualTo(404);
      }
    }
  }

  /** Keeps events as they come, from now on. */
  void listen(String path) {
    var request = HttpRequest.newBuilder(node.url().resolve(path)).build();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                http.send(request, BodyHandlers.ofLines()).body().forEach(events::add);
              } catch (IOException | UncheckedIOException gone) {
                events.add("the stream has ended");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpResponse<String> keep(String path, HttpRequest.Builder request) {
    try {
      var answer = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      var where = path.replaceAll("\\?.*", "");
      answers.add(answer.statusCode() + " " + where + " " + answer.headers().map());
      answers.add(answer.body());
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder request(URI root, String path) {
    return HttpRequest.newBuilder(root.resolve(path)).header("Content-Type", "application/json");
  }

  private static HttpRequest.BodyPublisher publisher(String body) {
    return body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
  }
}
