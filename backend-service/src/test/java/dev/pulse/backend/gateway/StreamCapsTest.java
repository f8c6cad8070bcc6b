package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.Browser;
import dev.pulse.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Nobody listens so often that others cannot. */
class StreamCapsTest extends EtlTest {

  @DynamicPropertySource
  static void caps(DynamicPropertyRegistry settings) {
    settings.add("pulse.etl.streams-per-user", () -> "3");
    settings.add("pulse.etl.streams", () -> "6");
  }

  @Test
  void a_user_may_listen_so_often_and_all_together_so_often() throws IOException {
    ETL.answer(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(ISO_8859_1));
          while (true) out.stay();
        });
    var viewer = signedIn(Role.VIEWER);
    var another = signedIn(Role.VIEWER);
    var open = new ArrayList<RawHttp>();

    for (int i = 0; i < 3; i++) open.add(listening(viewer));
    assertThat(asked(viewer)).contains("HTTP/1.1 429", "TOO_MANY_STREAMS", "Retry-After");

    for (int i = 0; i < 3; i++) open.add(listening(another));
    assertThat(asked(signedIn(Role.VIEWER)))
        .contains("HTTP/1.1 503", "STREAMS_FULL", "Retry-After");

    open.removeFirst().close();
    await().atMost(Duration.ofSeconds(20)).until(() -> ETL.openSockets() == 5);
    await().untilAsserted(() -> open.add(listening(viewer)));
    for (var each : open) each.close();
    await().atMost(Duration.ofSeconds(20)).until(() -> ETL.openSockets() == 0);
  }

  private RawHttp listening(Browser browser) throws IOException {
    var stream = RawHttp.open(port, "GET /api/etl/events", cookie(browser));
    assertThat(stream.head()).startsWith("HTTP/1.1 200");
    return stream;
  }

  private String asked(Browser browser) throws IOException {
    return RawHttp.send(port, "GET /api/etl/events", cookie(browser));
  }

  private static String cookie(Browser browser) {
    return "Cookie: pulse=" + browser.cookie("pulse");
  }
}
