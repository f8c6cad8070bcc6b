package dev.pulse.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.access.Route;
import dev.pulse.backend.access.Routes;
import dev.pulse.model.EtlRoutes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest extends BackendTest {

  private static final Path COMMITTED = Path.of("openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void the_committed_description_is_the_one_served() throws Exception {
    var served = own(browser().get("/v3/api-docs").json());
    if (Boolean.getBoolean("pulse.openapi.write")) {
      Files.writeString(COMMITTED, JSON.writeValueAsString(served) + "\n");
    }

    assertThat(JSON.readTree(Files.readString(COMMITTED)))
        .as(
            "backend-service/openapi.json is stale: refresh it with ./mvnw -pl backend-service -am"
                + " test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dpulse.openapi.write=true")
        .isEqualTo(served);
  }

  @Test
  void what_etl_service_says_of_itself_is_part_of_it() throws Exception {
    var served = browser().get("/v3/api-docs").json();
    var etl = JSON.readTree(Files.readString(Path.of("../etl-service/openapi.json")));

    var described = new TreeSet<String>();
    served.path("paths").propertyNames().forEach(described::add);
    for (var path : etl.path("paths").properties()) {
      if (!path.getKey().startsWith(EtlRoutes.PREFIX)) continue;
      var shown = Routes.ETL + path.getKey().substring(EtlRoutes.PREFIX.length());
      assertThat(described).contains(shown);
      for (var operation : path.getValue().properties()) {
        var here = served.path("paths").path(shown).path(operation.getKey());
        assertThat(here.path("parameters")).isEqualTo(operation.getValue().path("parameters"));
        assertThat(here.path("responses").size()).isGreaterThan(1);
      }
    }
    assertThat(described).noneMatch(path -> path.startsWith(EtlRoutes.PREFIX));
  }

  @Test
  void every_operation_of_both_services_says_what_it_does_and_stands_under_a_heading() {
    var served = browser().get("/v3/api-docs").json();

    var headings = served.path("tags").findValuesAsString("name");
    assertThat(headings)
        .startsWith("Overview", "Signing in", "Users")
        .containsSubsequence("Audit", "Connections", "Jobs", "Runs", "Alerts")
        .endsWith("Health")
        .doesNotHaveDuplicates();
    for (var path : served.path("paths").properties()) {
      for (var operation : path.getValue()) {
        assertThat(operation.path("summary").asString("")).as(path.getKey()).isNotBlank();
        assertThat(operation.path("tags").size()).as(path.getKey()).isEqualTo(1);
        assertThat(headings).contains(operation.path("tags").path(0).asString());
      }
    }
  }

  @Test
  void it_refers_to_nothing_that_is_not_there_and_names_each_operation_once() {
    var served = browser().get("/v3/api-docs").json();

    assertThat(served.path("components").path("schemas").propertyNames())
        .containsAll(references(served));
    var operations = served.findValuesAsString("operationId");
    assertThat(operations).doesNotHaveDuplicates().hasSizeGreaterThan(80);
  }

  /** Without the part that etl-service answers for. */
  private static JsonNode own(JsonNode served) {
    var own = (ObjectNode) served.deepCopy();
    var paths = (ObjectNode) own.path("paths");
    for (var path : List.copyOf(paths.propertyNames())) {
      if (path.startsWith(Routes.ETL + "/")) paths.remove(path);
    }
    var schemas = (ObjectNode) own.path("components").path("schemas");
    var needed = references(paths);
    for (int before = -1; before != needed.size(); ) {
      before = needed.size();
      for (var name : List.copyOf(needed)) needed.addAll(references(schemas.path(name)));
    }
    schemas.retain(needed);
    var tags = (ArrayNode) own.path("tags");
    var used = paths.findValues("tags").stream().map(each -> each.path(0).asString()).toList();
    tags.removeIf(tag -> !used.contains(tag.path("name").asString()));
    return JSON.readTree(JSON.writeValueAsString(own));
  }

  private static Set<String> references(JsonNode node) {
    var names = new TreeSet<String>();
    for (var reference : node.findValuesAsString("$ref")) {
      names.add(reference.substring("#/components/schemas/".length()));
    }
    return names;
  }

  @Test
  void every_route_of_the_api_is_described_and_may_answer_a_problem() {
    var paths = browser().get("/v3/api-docs").json().path("paths");
    for (var route : Routes.all()) {
      if (!route.path().getPatternString().startsWith("/api/")) continue;
      var operation = paths.path(route.path().getPatternString()).path(method(route));

      assertThat(operation.at("/responses/default").isMissingNode()).as("%s", route).isFalse();
      assertThat(operation.path("parameters").toString()).doesNotContain("caller");
    }
  }

  @Test
  void the_documentation_is_a_page() {
    var docs = browser().get("/docs");

    assertThat(docs.status()).isEqualTo(302);
    var page =
        browser().get(docs.header("Location").orElseThrow().replaceFirst("https?://[^/]*", ""));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.http().body()).contains("swagger-ui");
    assertThat(browser().get("/v3/api-docs/swagger-config").status()).isEqualTo(200);
  }

  private static String method(Route route) {
    return route.method().name().toLowerCase(Locale.ROOT);
  }
}
