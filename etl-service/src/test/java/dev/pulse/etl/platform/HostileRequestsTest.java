package dev.pulse.etl.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Requests that no well-behaved client sends, over a bare socket. */
class HostileRequestsTest extends EtlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/jobs%2f1",
        "/api/v1/jobs%5c1",
        "/api/v1/jobs%00",
        "/api/v1/jobs%",
        "/api/v1/jo%zzbs",
        "/api/v1/jobs\\1",
        "/api/v1/<jobs>",
        "/api/v1/jobs?name=%zz",
        "/../jobs",
        "*",
      })
  void a_path_that_cannot_be_read_is_told_as_any_other_problem(String path) {
    assertIsProblem(raw("GET " + path + " HTTP/1.1", "Host: localhost"));
  }

  @Test
  void what_is_no_request_is_told_so_too() {
    for (var each :
        List.of(
            new String[] {"GET /api/v1/jobs HTTP/1.1"},
            new String[] {"GET /api/v1/jobs HTTP/1.1", "Host: a", "Host: b"},
            new String[] {"GET /api/v1/jobs HTTP/1.1", "Host: a", "X: " + "y".repeat(20_000)},
            new String[] {"\u0001GET /api/v1/jobs HTTP/1.1", "Host: a"},
            new String[] {"GET /api/v1/jobs HTTP/1.1", "Host: a", "Content-Length: +3"},
            new String[] {"POST /api/v1/jobs/1/start HTTP/1.1", "Host: a", "Transfer-Encoding: x"},
            new String[] {"TRACE /api/v1/jobs HTTP/1.1", "Host: localhost"})) {
      assertIsProblem(raw(each));
    }
  }

  private static void assertIsProblem(String answer) {
    var parts = answer.split("\r\n\r\n", 2);
    assertThat(parts[0])
        .as(answer)
        .matches("(?s)HTTP/1.1 (400|405|431|501).*")
        .containsIgnoringCase("Content-Type: application/problem+json");
    assertThat(answer).doesNotContain("Exception", "Tomcat", "<html", "org.apache");
    var body = parts[1].contains("\r\n") ? parts[1].split("\r\n")[1] : parts[1]; // chunked or not
    var problem = JsonMapper.shared().readTree(body);
    assertThat(problem.path("status").asInt()).isEqualTo(Integer.parseInt(answer.substring(9, 12)));
    for (var field : List.of("type", "title", "detail", "code", "remedy")) {
      assertThat(problem.path(field).asString("")).as(field).isNotEmpty();
    }
  }

  private String raw(String... lines) {
    var request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
