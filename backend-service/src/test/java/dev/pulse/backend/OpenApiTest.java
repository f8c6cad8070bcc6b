package dev.pulse.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.access.Route;
import dev.pulse.backend.access.Routes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest extends BackendTest {

  private static final Path COMMITTED = Path.of("openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void the_committed_description_is_the_one_served() throws Exception {
    var served = JSON.readTree(browser().get("/v3/api-docs").http().body());
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
