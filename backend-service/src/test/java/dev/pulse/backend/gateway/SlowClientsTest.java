package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.model.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Whoever says little, or listens little, for long holds nothing up, and is let go. */
class SlowClientsTest extends EtlTest {

  private static final String LOGIN =
      String.join(
          "\r\n",
          "POST /api/auth/login HTTP/1.1",
          "Host: a",
          "X-Pulse-Request: 1",
          "Content-Type: application/json",
          "");

  @Test
  void a_head_that_comes_byte_by_byte_is_not_waited_for() throws IOException {
    try (var slow = connected()) {
      send(slow, "GET /health HTTP/1.1\r\nHost: a\r\nX: ");

      assertThat(dripping(slow, "y")).as("nothing was answered").isEmpty();
    }
    try (var slow = connected()) {
      send(slow, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> slow.getInputStream().available() > 0);
      slow.getInputStream().skipNBytes(slow.getInputStream().available());

      send(slow, "GET /health HT");
      assertThat(dripping(slow, "T")).as("the second request of a connection").isEmpty();
    }
  }

  @Test
  void a_connection_over_which_nothing_is_said_ends() throws IOException {
    try (var silent = connected()) {
      assertThat(silent.getInputStream().read()).isNegative();
    }
  }

  @Test
  void a_body_that_comes_byte_by_byte_is_not_waited_for_whoever_sends_it() throws IOException {
    try (var slow = connected()) {
      send(slow, LOGIN + "Content-Length: 9000\r\n\r\n");
      assertThat(dripping(slow, " ")).startsWith("HTTP/1.1 408").contains("BODY_TOO_SLOW");
    }
    try (var slow = connected()) {
      send(slow, LOGIN + "Transfer-Encoding: chunked\r\n\r\n");
      assertThat(dripping(slow, "1\r\n \r\n")).startsWith("HTTP/1.1 408");
    }
    var cookie = "Cookie: pulse=" + signedIn(Role.OPERATOR).cookie("pulse");
    try (var slow = connected()) {
      send(
          slow,
          LOGIN.replace("auth/login", "etl/jobs/7/start")
              + cookie
              + "\r\nContent-Length: 9000\r\n\r\n");
      assertThat(dripping(slow, " ")).startsWith("HTTP/1.1 408").contains("BODY_TOO_SLOW");
    }
    assertThat(ETL.seen()).isEmpty();
  }

  @Test
  void the_body_of_a_request_that_is_refused_is_not_waited_for() throws IOException {
    try (var slow = connected()) {
      send(slow, LOGIN.replace("auth/login", "users") + "Content-Length: 900000\r\n\r\n");

      assertThat(dripping(slow, " ")).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void whoever_is_still_sending_hears_why_it_was_refused() throws IOException {
    try (var busy = connected()) {
      send(busy, LOGIN.replace("auth/login", "users") + "Content-Length: 900000\r\n\r\n");
      send(busy, " ".repeat(900_000));
      send(busy, "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      assertThat(new String(busy.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 401")
          .contains("HTTP/1.1 200");
    }
  }

  @Test
  void whoever_reads_nothing_of_an_answer_is_let_go() throws IOException {
    ETL.answer(
        (_, out) -> {
          var head =
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
          out.write(head.formatted(100_000_000).getBytes(ISO_8859_1));
          var part = new byte[100_000];
          for (int i = 0; i < 1_000; i++) out.write(part);
        });
    var cookie = "Cookie: pulse=" + signedIn(Role.VIEWER).cookie("pulse");
    try (var _ = RawHttp.open(port, "GET " + JOBS, cookie)) {
      await().until(() -> ETL.openSockets() == 1);

      await().atMost(Duration.ofSeconds(30)).until(() -> ETL.openSockets() == 0);
    }
  }

  @Test
  void others_are_served_while_hundreds_dawdle() throws IOException {
    var viewer = signedIn(Role.VIEWER);
    var slow = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 300; i++) {
        var dawdler = connected();
        slow.add(dawdler);
        send(dawdler, i % 2 == 0 ? "GET /he" : LOGIN + "Content-Length: 100\r\n\r\n{");
      }
      for (int i = 0; i < 50; i++) assertThat(viewer.get(JOBS).status()).isEqualTo(200);
    } finally {
      for (var each : slow) each.close();
    }
  }

  private Socket connected() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Goes on to send, a little at a time, until the other side has ended the connection. */
  private static String dripping(Socket socket, String drop) throws IOException {
    var heard = new StringBuilder();
    socket.setSoTimeout(100);
    for (int drops = 0; drops < 600; drops++) {
      try {
        send(socket, drop);
        for (int next = socket.getInputStream().read();
            next >= 0;
            next = socket.getInputStream().read()) {
          heard.append((char) next);
        }
        return heard.toString();
      } catch (SocketTimeoutException waits) { // then for the next drop
      } catch (SocketException ended) { // what was still being sent has met a reset
        return heard.toString();
      }
    }
    throw new AssertionError("it was waited for");
  }
}
