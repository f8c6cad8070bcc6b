package dev.pulse.backend.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.BackendTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that no well-behaved client sends, over a bare socket. */
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestsTest extends BackendTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/../health",
        "/api/%2e%2e/health",
        "/api/%252e%252e/health",
        "/api/users%2f1",
        "/api/users%252f1",
        "/api/users%5c1",
        "/api//users",
        "/api/users;a=b",
        "/api/users%00",
        "/api/users%0d%0aX: y",
        "/api/users%0a",
        "/api/%c0%ae%c0%ae/health",
        "/api/users%",
        "/api/us%zzers",
        "/api/users\\1",
        "/api/<users>",
      })
  void a_path_that_can_be_read_in_two_ways_is_refused(String path) {
    var answer =
        raw(lines("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close", "", ""));

    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "Tomcat", "<html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/API/users",
        "/api/Users",
        "/api/users/",
        "/api/users.json",
        "/error",
        "/actuator",
        "/actuator/env",
        "/v3/api-docs.yaml",
        "/"
      })
  void a_path_that_is_not_exactly_one_of_ours_is_not_there(String path) {
    assertThat(browser().get(path).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void framing_that_can_be_read_in_two_ways_is_refused() {
    var login = "POST /api/auth/login HTTP/1.1";
    var attacks =
        List.of(
            lines(login, "Host: a", "Host: b", "Content-Length: 0", "", ""),
            lines(login, "Content-Length: 0", "", ""),
            lines(login, "Host: a", "Content-Length: 1", "Content-Length: 2", "", "xx"),
            lines(login, "Host: a", "Content-Length: +3", "", "abc"),
            lines(login, "Host: a", "Transfer-Encoding : chunked", "", "0", "", ""),
            lines(login, "Host: a", "Transfer-Encoding: xchunked", "", "0", "", ""),
            lines(
                "POST /api/auth/login HTTP/1.0",
                "Host: a",
                "Transfer-Encoding: chunked",
                "Content-Length: 3",
                "",
                "0",
                "",
                ""),
            lines("TRACE /health HTTP/1.1", "Host: a", "", ""),
            lines("GET /health HTTP/1.1", "Host: a", "X: " + "y".repeat(20_000), "", ""),
            lines("\u0001GET /health HTTP/1.1", "Host: a", "", ""));

    for (var attack : attacks) {
      assertThat(raw(attack).split("\r\n", 2)[0])
          .as(attack.substring(0, Math.min(120, attack.length())))
          .matches("HTTP/1.1 (400|405|431|501).*");
    }
  }

  @Test
  void what_identifies_people_to_other_services_counts_for_nothing_here() {
    var reply =
        browser()
            .with("X-User-Id", "1")
            .with("X-Internal-Api-Key", "x")
            .with("Pulse-Subject", "user:1")
            .with("Pulse-Permissions", "users:write")
            .get("/api/users");

    assertThat(reply.code()).isEqualTo("LOGIN_REQUIRED");
  }

  @Test
  void a_body_that_never_says_how_long_it_is_is_cut_off() {
    var head =
        lines(
            "POST /api/auth/login HTTP/1.1",
            "Host: a",
            "X-Pulse-Request: 1",
            "Connection: close",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "",
            "");
    var chunk = lines("10000", " ".repeat(0x10000), "");

    var answer = raw(head + chunk.repeat(17) + lines("0", "", ""));

    assertThat(answer).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
  }

  @Test
  void whoever_has_not_signed_in_has_little_to_say() {
    assertThat(browser().post("/api/auth/login", "{}" + " ".repeat(16_000)).status())
        .isEqualTo(400);
    assertThat(browser().post("/api/auth/login", "{}" + " ".repeat(17_000)).code())
        .isEqualTo("BODY_TOO_LARGE");
  }

  @Test
  void a_body_of_brackets_is_refused() {
    var reply = browser().post("/api/auth/login", "[".repeat(10_000));

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void nobody_writes_a_line_of_the_log(CapturedOutput output) {
    var forged = "\r\n2026-03-01 ERROR forged\u2028forged\u001b[31m";
    var browser = browser().with("User-Agent", "forged").with("X-Request-Id", "a forged id");

    browser.login("forged" + forged + "@example.org", forged);
    browser.get("/api/forged%0d%0aforged?forged=%1b%5b31m");
    browser.post("/api/auth/link", "{\"token\":\"" + "forged".repeat(10_000) + "\",");
    raw(
        String.join(
            "\r\n",
            "GET /forged HTTP/1.1",
            "Host: forged",
            "User-Agent: forged\u001b[31m",
            "X-Forwarded-For: forged\u001b[31m",
            "",
            ""));

    assertThat(output.getAll().lines().filter(line -> line.startsWith("forged"))).isEmpty();
    assertThat(output.getAll())
        .doesNotContain("ERROR forged", "\u001b[31m", "\u2028", "forgedforgedforged");
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  private String raw(String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var answer = new byte[4_096];
      int read = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, read), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
