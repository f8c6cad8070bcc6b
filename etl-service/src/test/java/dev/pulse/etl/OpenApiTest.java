package dev.pulse.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class OpenApiTest extends EtlTest {

  private static final Path COMMITTED = Path.of("openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void the_committed_description_is_the_one_served() throws Exception {
    var served = JSON.readTree(get("/v3/api-docs").body());
    if (Boolean.getBoolean("pulse.openapi.write")) {
      Files.writeString(COMMITTED, JSON.writeValueAsString(served) + "\n");
    }

    assertThat(JSON.readTree(Files.readString(COMMITTED)))
        .as(
            "etl-service/openapi.json is stale: refresh it with ./mvnw -pl etl-service -am test"
                + " -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dpulse.openapi.write=true")
        .isEqualTo(served);
  }

  @Test
  void every_operation_says_that_it_may_answer_a_problem() throws Exception {
    var served = JSON.readTree(get("/v3/api-docs").body());

    assertThat(served.path("components").path("schemas").has("Problem")).isTrue();
    assertThat(served.path("paths").has("/api/v1/quarantine/{id}/retry")).isTrue();
    for (var path : served.path("paths")) {
      for (var operation : path) {
        assertThat(operation.path("responses").has("default")).isTrue();
      }
    }
  }

  @Test
  void the_page_on_lists_has_every_list() throws Exception {
    var paths = JSON.readTree(get("/v3/api-docs").body()).path("paths");
    var rows = new ArrayList<String>();
    for (var path : paths.propertyNames()) {
      var parameters = paths.path(path).path("get").path("parameters");
      var sort = parameter(parameters, "sort");
      if (sort.isMissingNode()) continue;
      assertThat(parameter(parameters, "cursor").isMissingNode()).as(path).isFalse();
      rows.add(
          "| `%s` | %s | `%s` | %d |"
              .formatted(
                  path.replace("/api/v1/", ""),
                  sort.path("enum")
                      .valueStream()
                      .map(JsonNode::asString)
                      .filter(each -> !each.startsWith("-"))
                      .collect(Collectors.joining(", ")),
                  sort.path("default").asString(),
                  parameter(parameters, "limit").path("default").asInt()));
    }

    assertThat(Files.readAllLines(Path.of("../docs/api/lists.md")))
        .filteredOn(line -> line.startsWith("| `"))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  private static JsonNode parameter(JsonNode parameters, String name) {
    return parameters
        .valueStream()
        .filter(each -> each.path("name").asString().equals(name))
        .findFirst()
        .map(each -> each.path("schema"))
        .orElse(MissingNode.getInstance());
  }

  @Test
  void every_operation_says_what_it_does_and_stands_under_a_heading() throws Exception {
    var served = JSON.readTree(get("/v3/api-docs").body());

    var headings = served.path("tags").findValuesAsString("name");
    assertThat(headings).startsWith("Connections", "Jobs", "Runs").endsWith("Health");
    assertThat(served.path("tags").findValuesAsString("description"))
        .hasSameSizeAs(headings)
        .allMatch(sentence -> sentence.endsWith("."));
    for (var path : served.path("paths").properties()) {
      for (var operation : path.getValue()) {
        assertThat(operation.path("summary").asString("")).as(path.getKey()).isNotBlank();
        assertThat(operation.path("tags").size()).as(path.getKey()).isEqualTo(1);
        assertThat(headings).contains(operation.path("tags").path(0).asString());
      }
    }
  }

  @Test
  void a_browser_that_knows_only_the_port_arrives_at_the_documentation() throws Exception {
    var root = get("/");
    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(root.headers().firstValue("location").orElseThrow()).endsWith("/docs");

    var docs = get("/docs");
    assertThat(docs.statusCode()).isEqualTo(302);
    var page = get(docs.headers().firstValue("location").orElseThrow());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui");
  }

  @Test
  void health_is_told_as_json() throws Exception {
    for (var path : new String[] {"/health", "/health/live", "/health/ready"}) {
      var health = get(path);
      assertThat(health.statusCode()).isEqualTo(200);
      var json = JSON.readTree(health.body());
      assertThat(json.path("status").asString()).isEqualTo("UP");
      assertThat(json.path("service").asString()).isEqualTo("etl-service");
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    var uri = path.startsWith("http") ? path : "http://127.0.0.1:" + port + path;
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    }
  }
}
