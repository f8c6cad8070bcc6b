package dev.pulse.frontend.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.frontend.relay.Gateway.Asked;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class RelayTest {

  private static final Gateway gateway = new Gateway();

  private final HttpClient http = HttpClient.newHttpClient();

  @Value("${local.server.port}")
  private int port;

  @DynamicPropertySource
  static void gateway(DynamicPropertyRegistry registry) {
    registry.add("pulse.gateway.url", gateway::url);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void plain() {
    gateway.asked.clear();
    gateway.answers(exchange -> Gateway.answer(exchange, 200, "{\"a\":1}"));
  }

  @Test
  void method_path_query_body_and_headers_reach_the_gateway_as_they_came() throws Exception {
    var answer =
        send(
            request("/api/etl/jobs/7/start?a=b%20c&d=1")
                .method("POST", BodyPublishers.ofString("{\"force\":true}"))
                .header("Content-Type", "application/json")
                .header("X-Pulse-Request", "1")
                .header("Cookie", "pulse=x; pulse-refresh=y"));

    assertThat(answer.body()).isEqualTo("{\"a\":1}");
    var asked = asked();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.target()).isEqualTo("/api/etl/jobs/7/start?a=b%20c&d=1");
    assertThat(asked.body()).isEqualTo("{\"force\":true}");
    assertThat(asked.header("X-pulse-request")).containsExactly("1");
    assertThat(asked.header("Cookie")).containsExactly("pulse=x; pulse-refresh=y");
  }

  @Test
  void status_cookies_and_headers_of_the_answer_come_back() throws Exception {
    gateway.answers(
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "pulse=a; Path=/; HttpOnly");
          exchange.getResponseHeaders().add("Set-Cookie", "pulse-refresh=b; Path=/api/auth");
          exchange.getResponseHeaders().add("Retry-After", "30");
          exchange.getResponseHeaders().add("Content-Security-Policy", "default-src 'none'");
          Gateway.answer(exchange, 429, "{\"code\":\"TOO_MANY_ATTEMPTS\"}");
        });

    var answer = send(request("/api/auth/login").POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .containsExactly("pulse=a; Path=/; HttpOnly", "pulse-refresh=b; Path=/api/auth");
    assertThat(answer.headers().firstValue("Retry-After")).contains("30");
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'");
  }

  @Test
  void the_address_of_the_client_stands_last_and_nobody_can_claim_another() throws Exception {
    send(
        request("/api/auth/profile")
            .header("X-Forwarded-For", "203.0.113.9")
            .header("X-Forwarded-Host", "evil.example")
            .header("Forwarded", "for=203.0.113.9"));

    var asked = asked();
    assertThat(asked.header("X-forwarded-for")).containsExactly("203.0.113.9, 127.0.0.1");
    assertThat(asked.header("X-forwarded-host")).isEmpty();
    assertThat(asked.header("Forwarded")).isEmpty();
  }

  @Test
  void one_request_id_goes_all_the_way() throws Exception {
    send(request("/api/auth/profile").header("X-Request-Id", "caller-7"));

    assertThat(asked().header("X-request-id")).containsExactly("caller-7");
  }

  @Test
  void an_event_is_passed_on_before_the_stream_ends() throws Exception {
    var read = new CountDownLatch(1);
    gateway.answers(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            body.write("event: snapshot\ndata: {}\n\n".getBytes(UTF_8));
            body.flush();
            read.await(30, SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    var answer = http.send(request("/api/etl/events").build(), BodyHandlers.ofInputStream());
    try (var lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event: snapshot");
      assertThat(read.getCount()).isEqualTo(1);
      read.countDown();
    }
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
  }

  @Test
  void the_stream_to_the_gateway_ends_when_the_browser_has_gone() throws Exception {
    var broken = new CountDownLatch(1);
    gateway.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
              body.write(": alive\n\n".repeat(200).getBytes(UTF_8));
              body.flush();
            }
          } catch (IOException gone) {
            broken.countDown();
            throw gone;
          }
        });

    var answer = http.send(request("/api/etl/events").build(), BodyHandlers.ofInputStream());
    assertThat(answer.body().read()).isEqualTo(':');
    answer.body().close();

    assertThat(broken.await(30, SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/%2e%2e/health",
        "/api/etl;x=1/jobs",
        "/api/etl%2fjobs",
        "/api/etl%5cjobs",
        "/api/%252e%252e/health",
        "/api//jobs"
      })
  void a_path_that_could_be_read_in_two_ways_goes_nowhere(String path) throws Exception {
    var answer = send(request(path));

    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(gateway.asked).isEmpty();
  }

  @Test
  void nothing_but_the_api_is_handed_on() throws Exception {
    for (var path : new String[] {"/docs", "/v3/api-docs", "/apifoo", "/.well-known/jwks.json"}) {
      assertThat(send(request(path)).statusCode()).isEqualTo(404);
    }

    assertThat(gateway.asked).isEmpty();
  }

  @Test
  void a_gateway_that_is_away_is_told_in_words() throws Exception {
    gateway.answers(exchange -> exchange.close()); // hangs up without an answer

    var answer = send(request("/api/auth/profile"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    var problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.path("code").asString()).isEqualTo("GATEWAY_DOWN");
    assertThat(problem.path("remedy").asString()).contains("pulse.gateway.url");
    assertThat(problem.path("requestId").asString()).isNotBlank();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static Asked asked() throws InterruptedException {
    var asked = gateway.asked.poll(10, SECONDS);
    assertThat(asked).isNotNull();
    return java.util.Objects.requireNonNull(asked);
  }
}
