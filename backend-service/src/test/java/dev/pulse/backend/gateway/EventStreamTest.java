package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.Browser;
import dev.pulse.backend.gateway.Recorder.Line;
import dev.pulse.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens, as it happens, through the gateway. */
class EventStreamTest extends EtlTest {

  private static final String EVENTS = "GET /api/etl/events";
  private static final String SNAPSHOT = "event: snapshot\ndata: {}\n\n";
  private static final String END = "";

  private final BlockingQueue<String> later = new LinkedBlockingQueue<>();
  private final ArrayList<RawHttp> open = new ArrayList<>();

  @BeforeEach
  void etl_service_streams() {
    ETL.answer(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                  .getBytes(ISO_8859_1));
          for (var next = SNAPSHOT; !next.equals(END); next = next(out)) {
            var bytes = next.getBytes(UTF_8);
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
            out.write(bytes);
            out.write("\r\n".getBytes(ISO_8859_1));
            out.flush();
          }
          out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        });
  }

  @AfterEach
  void everybody_leaves() throws IOException {
    for (var each : open) each.close();
    await().atMost(Duration.ofSeconds(30)).until(() -> ETL.openSockets() == 0);
  }

  @Test
  void what_happens_arrives_at_once_and_byte_for_byte() throws IOException {
    var stream = listen(signedIn(Role.VIEWER), "?jobs=1,5");

    var head = stream.head();
    assertThat(head)
        .startsWith("HTTP/1.1 200")
        .contains("Content-Type: text/event-stream", "X-Accel-Buffering: no", "no-store");
    assertThat(ETL.last().target()).isEqualTo("/api/v1/events?jobs=1,5");
    stream.until(SNAPSHOT);
    var event = "event: job\ndata: {\"name\":\"ü\"}\n\n";
    later.add(event);
    stream.until(event);
    later.add(": heartbeat\n\n");
    stream.until(": heartbeat\n\n");
    later.add("event: job\nda");
    stream.until("event: job\nda");
    later.add("ta: {}\n\n");
    stream.until("ta: {}\n\n");
  }

  @Test
  void it_ends_when_etl_service_ends_it_or_dies() throws IOException {
    var ended = listen(signedIn(Role.VIEWER), "");
    ended.until(SNAPSHOT);
    later.add(END);
    ended.untilItEnds();

    var broken = listen(signedIn(Role.VIEWER), "");
    broken.until(SNAPSHOT);
    ETL.die();
    broken.untilItEnds();
    assertThat(RawHttp.send(port, EVENTS, cookie(signedIn(Role.VIEWER)))).contains("ETL_AWAY");
  }

  @Test
  void nothing_is_left_of_those_who_come_and_go() throws IOException {
    var viewers = List.of(signedIn(Role.VIEWER), signedIn(Role.VIEWER), signedIn(Role.ADMIN));
    for (int i = 0; i < 200; i++) {
      var stream = RawHttp.open(port, EVENTS, cookie(viewers.get(i % 3)));
      stream.until(SNAPSHOT);
      stream.close();
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ETL.openSockets()).isZero());
    assertThat(ETL.seen()).hasSize(200);
  }

  @Test
  void signing_out_ends_it() throws IOException {
    ends_within_seconds((browser, person) -> browser.post("/api/auth/logout", ""));
  }

  @Test
  void a_user_who_is_deactivated_hears_no_more() throws IOException {
    ends_within_seconds(
        (browser, person) ->
            signedIn(Role.ADMIN).post("/api/users/%d/deactivate".formatted(person.id()), ""));
  }

  @Test
  void a_user_whose_rights_have_changed_has_to_ask_again() throws IOException {
    ends_within_seconds(
        (browser, person) ->
            jdbc.sql("update user_account set connections = '{1}' where id = ?")
                .param(person.id())
                .update());
  }

  private void ends_within_seconds(BiConsumer<Browser, Person> change) throws IOException {
    var person = person(Role.VIEWER);
    var browser = signedIn(person);
    var other = listen(signedIn(Role.VIEWER), "");
    other.until(SNAPSHOT);
    var stream = listen(browser, "");
    stream.until(SNAPSHOT);

    change.accept(browser, person);

    long changed = System.nanoTime();
    stream.untilItEnds();
    assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(5));
    await().until(() -> ETL.openSockets() == 1);
    later.add(": still there\n\n");
    other.until(": still there\n\n");
  }

  @Test
  void a_page_that_only_listens_keeps_nobody_signed_in() throws IOException {
    var stream = listen(signedIn(Role.VIEWER), "");
    stream.until(SNAPSHOT);

    for (int i = 0; i < 8; i++) {
      stream.until(":\n");
      clock.advance(Duration.ofMinutes(4));
    }

    stream.untilItEnds();
  }

  @Test
  void who_does_not_read_is_left() throws IOException {
    var stream = listen(signedIn(Role.VIEWER), "");
    stream.until(SNAPSHOT);

    var flood = "data: " + "x".repeat(100_000) + "\n\n";
    for (int i = 0; i < 400; i++) later.add(flood);

    await().atMost(Duration.ofSeconds(40)).until(() -> ETL.openSockets() == 0);
    later.clear();
  }

  @Test
  void streams_do_not_count_among_the_requests_that_may_be_in_flight() throws IOException {
    var viewer = signedIn(Role.VIEWER);
    for (int i = 0; i < 20; i++) listen(viewer, "").until(SNAPSHOT);

    ETL.answer(Recorder.EMPTY_LIST);

    assertThat(viewer.get(JOBS).status()).isEqualTo(200);
  }

  @Test
  void asking_for_its_headers_alone_ends_at_once() throws IOException {
    ETL.answer(Recorder.says(200, "text/event-stream", ""));

    assertThat(RawHttp.send(port, "HEAD /api/etl/events", cookie(signedIn(Role.VIEWER))))
        .startsWith("HTTP/1.1 200");
  }

  private RawHttp listen(Browser browser, String query) throws IOException {
    var stream = RawHttp.open(port, EVENTS + query, cookie(browser));
    open.add(stream);
    return stream;
  }

  private static String cookie(Browser browser) {
    return "Cookie: pulse=" + browser.cookie("pulse");
  }

  private String next(Line out) throws IOException {
    while (true) {
      var next = later.poll();
      if (next != null) return next;
      out.stay();
    }
  }
}
