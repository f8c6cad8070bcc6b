package dev.pulse.etl.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSiteOnlyTest extends EtlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:8000", "localhost", "LOCALHOST:1", "etl-service:8000", "[::1]"})
  void its_own_names_are_answered(String host) throws IOException {
    assertThat(ask("GET", "Host: " + host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8000", "localhost.evil.example"})
  void a_name_that_somebody_pointed_here_is_not(String host) throws IOException {
    assertThat(ask("GET", "Host: " + host)).startsWith("HTTP/1.1 421").contains("NOT_THIS_HOST");
  }

  @Test
  void a_page_of_another_site_may_change_nothing() throws IOException {
    assertThat(ask("POST", "Host: localhost\r\nSec-Fetch-Site: cross-site"))
        .startsWith("HTTP/1.1 403")
        .contains("CROSS_SITE");
    assertThat(ask("POST", "Host: localhost\r\nSec-Fetch-Site: same-origin"))
        .startsWith("HTTP/1.1 404");
  }

  /** Java's own client does not let its Host be set. */
  private String ask(String method, String headers) throws IOException {
    var path = method.equals("GET") ? "/api/v1/jobs" : "/api/v1/jobs/4711/start";
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .formatted(method, path, headers)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
