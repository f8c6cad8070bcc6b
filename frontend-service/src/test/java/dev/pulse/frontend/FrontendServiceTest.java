package dev.pulse.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FrontendServiceTest {

  private final HttpClient http = HttpClient.newHttpClient();

  @Value("${local.server.port}")
  private int port;

  @Value("${server.address}")
  private String address = "";

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void health_says_which_service_is_up(String path) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    var health = json(answer);
    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.path("service").asString()).isEqualTo("frontend-service");
    assertThat(health.path("version").asString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing/here", "/assets/none.js", "/health/other"})
  void an_unknown_route_is_a_problem_with_a_remedy(String path) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    var problem = json(answer);
    assertThat(problem.path("code").asString()).isEqualTo("NOT_FOUND");
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(problem.path("type").asString()).isEqualTo("/problems/not-found");
    assertThat(problem.path("instance").asString()).isEqualTo(path);
    assertThat(problem.path("remedy").asString()).contains("/health");
    assertThat(answer.headers().firstValue("X-Request-Id"))
        .contains(problem.path("requestId").asString());
  }

  @Test
  void a_wrong_method_is_a_problem_that_names_the_right_ones() throws Exception {
    var answer =
        send(HttpRequest.newBuilder(uri("/health")).POST(BodyPublishers.ofString("{}")).build());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow"))
        .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
    assertThat(json(answer).path("code").asString()).isEqualTo("METHOD_NOT_ALLOWED");
  }

  @Test
  void the_request_id_of_the_caller_comes_back() throws Exception {
    var answer =
        send(HttpRequest.newBuilder(uri("/none")).header("X-Request-Id", "caller-7.a_B").build());

    assertThat(answer.headers().firstValue("X-Request-Id")).contains("caller-7.a_B");
    assertThat(json(answer).path("requestId").asString()).isEqualTo("caller-7.a_B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "a;b", "{\"forged\":1}", ""})
  void a_request_id_that_could_forge_a_log_line_is_replaced(String id) throws Exception {
    var answer = send(HttpRequest.newBuilder(uri("/health")).header("X-Request-Id", id).build());

    assertThat(answer.headers().firstValue("X-Request-Id"))
        .hasValueSatisfying(given -> assertThat(given).isNotEqualTo(id).isNotBlank());
  }

  @Test
  void it_listens_on_loopback_unless_told_otherwise() {
    assertThat(address).isEqualTo("127.0.0.1");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
