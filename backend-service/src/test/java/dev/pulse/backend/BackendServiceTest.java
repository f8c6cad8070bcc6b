package dev.pulse.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.TracerProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

class BackendServiceTest extends BackendTest {

  @Value("${server.address}")
  private String address = "";

  @Autowired private TracerProvider traces;

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void health_says_which_service_is_up(String path) {
    var answer = browser().get(path);

    assertThat(answer.status()).isEqualTo(200);
    var health = answer.json();
    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.path("service").asString()).isEqualTo("backend-service");
    assertThat(health.path("version").asString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing/here", "/api/etl/nothing", "/health/other", "/index.html"})
  void an_unknown_route_is_a_problem_with_a_remedy(String path) {
    var answer = browser().get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    var problem = answer.json();
    assertThat(problem.path("code").asString()).isEqualTo("NOT_FOUND");
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(problem.path("type").asString()).isEqualTo("/problems/not-found");
    assertThat(problem.path("instance").asString()).isEqualTo(path);
    assertThat(problem.path("remedy").asString()).contains("/docs");
    assertThat(answer.header("X-Request-Id")).contains(problem.path("requestId").asString());
  }

  @Test
  void a_wrong_method_is_a_problem_that_names_the_right_ones() {
    var answer = browser().post("/health", "{}");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET");
    assertThat(answer.json().path("code").asString()).isEqualTo("METHOD_NOT_ALLOWED");
  }

  @Test
  void the_request_id_of_the_caller_comes_back() {
    var answer = browser().with("X-Request-Id", "caller-7.a_B").get("/none");

    assertThat(answer.header("X-Request-Id")).contains("caller-7.a_B");
    assertThat(answer.json().path("requestId").asString()).isEqualTo("caller-7.a_B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "a;b", "{\"forged\":1}", ""})
  void a_request_id_that_could_forge_a_log_line_is_replaced(String id) {
    var answer = browser().with("X-Request-Id", id).get("/health");

    assertThat(answer.header("X-Request-Id"))
        .hasValueSatisfying(given -> assertThat(given).isNotEqualTo(id).isNotBlank());
  }

  @Test
  void without_a_collector_there_is_nothing_that_could_send_traces() {
    assertThat(traces).isSameAs(TracerProvider.noop());
  }

  @Test
  void it_listens_on_loopback_unless_told_otherwise() {
    assertThat(address).isEqualTo("127.0.0.1");
  }
}
