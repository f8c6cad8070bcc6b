package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pulse.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies in either direction: whole, in time, and once. */
class HandedOnTest extends EtlTest {

  @Test
  void a_body_that_is_too_large_or_no_json_does_not_go_on() throws IOException {
    var admin = signedIn(Role.ADMIN);

    assertThat(admin.post("/api/etl/alerts", "\"" + "x".repeat(1_100_000) + "\"").code())
        .isEqualTo("BODY_TOO_LARGE");
    assertThat(
            RawHttp.sendAll(
                port,
                "POST /api/etl/alerts",
                RawHttp.chunked("x".repeat(0x10000), 17),
                "Cookie: pulse=" + admin.cookie("pulse"),
                "X-Pulse-Request: 1",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked"))
        .contains("BODY_TOO_LARGE");
    for (var type :
        new String[] {
          "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
        }) {
      assertThat(
              RawHttp.sendAll(
                  port,
                  "POST /api/etl/alerts",
                  "a=b",
                  "Cookie: pulse=" + admin.cookie("pulse"),
                  "X-Pulse-Request: 1",
                  "Content-Type: " + type,
                  "Content-Length: 3"))
          .as(type)
          .startsWith("HTTP/1.1 415");
    }

    assertThat(ETL.seen()).isEmpty();
  }

  @Test
  void the_largest_body_goes_on_whole() {
    var body = "\"" + "x".repeat(1_000_000) + "\"";

    assertThat(signedIn(Role.ADMIN).post("/api/etl/alerts", body).status()).isEqualTo(200);

    assertThat(ETL.last().body()).hasSize(1_000_002);
    verified(ETL.last());
  }

  @Test
  void a_download_is_handed_on_as_it_comes() throws Exception {
    var more = new CountDownLatch(1);
    ETL.answer(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\nContent-Length: 2000000\r\nContent-Disposition: attachment; filename=\"a.gz\"\r\n\r\n"
                  .getBytes(UTF_8));
          out.write(new byte[1_000_000]);
          out.flush();
          waitFor(more);
          out.write(new byte[1_000_000]);
        });

    try (var download =
        RawHttp.open(
            port,
            "GET /api/etl/logs/download/a.gz",
            "Cookie: pulse=" + signedIn(Role.ADMIN).cookie("pulse"))) {
      var head = download.head();
      assertThat(head)
          .contains("attachment; filename=\"a.gz\"", "application/gzip")
          .containsIgnoringCase("Content-Length: 2000000");
      assertThat(download.body().readNBytes(900_000)).hasSize(900_000);
      more.countDown();
      assertThat(download.body().readNBytes(1_100_000)).hasSize(1_100_000);
    }
  }

  @Test
  void an_answer_that_breaks_off_is_seen_to_be_broken() {
    var admin = signedIn(Role.ADMIN);
    ETL.answer(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n"
                  .getBytes(UTF_8));
          out.write(new byte[100_000]);
          throw new IOException("broken");
        });

    assertThatThrownBy(() -> admin.get(JOBS)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void an_answer_that_never_really_began_is_502() {
    ETL.answer(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
                  .getBytes(UTF_8));
          throw new IOException("broken");
        });

    assertThat(signedIn(Role.VIEWER).get(JOBS).code()).isEqualTo("ETL_UNINTELLIGIBLE");
  }

  @Test
  void a_connection_serves_many_requests_and_one_that_was_closed_meanwhile_costs_nothing() {
    var viewer = signedIn(Role.VIEWER);
    for (int i = 0; i < 20; i++) assertThat(viewer.get(JOBS).status()).isEqualTo(200);
    assertThat(ETL.openSockets()).isEqualTo(1);

    ETL.die();
    ETL.live();

    assertThat(viewer.get(JOBS).status()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(ETL.openSockets()).isEqualTo(1));
  }

  @Test
  void a_change_is_never_sent_twice() {
    var admin = signedIn(Role.ADMIN);
    ETL.answer(
        (request, out) -> {
          throw new IOException("no answer");
        });

    assertThat(admin.post(JOBS + "/7/start", "{}").code()).isEqualTo("ETL_BROKE_OFF");
    assertThat(ETL.seen()).hasSize(1);

    assertThat(admin.get(JOBS).status()).isEqualTo(503);
    assertThat(ETL.seen()).as("reading is tried once more").hasSize(3);
  }

  @Test
  void what_is_answered_too_slowly_is_cut_off() {
    var admin = signedIn(Role.ADMIN);
    var never = new CountDownLatch(1);
    ETL.answer((request, out) -> waitFor(never));

    var reply = admin.post(JOBS + "/7/start", "{}");

    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.code()).isEqualTo("ETL_LATE");
    assertThat(ETL.seen()).hasSize(1);
    never.countDown();
  }

  @Test
  void an_answer_that_drips_ends_at_its_deadline() {
    var admin = signedIn(Role.ADMIN);
    ETL.answer(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                  .getBytes(UTF_8));
          for (int i = 0; i < 1_000; i++) {
            out.write(' ');
            out.flush();
            waitFor(new CountDownLatch(1), 200);
          }
        });

    assertThat(admin.get(JOBS).status()).isEqualTo(502);

    await().untilAsserted(() -> assertThat(ETL.openSockets()).isZero());
  }

  private static void waitFor(CountDownLatch latch) throws IOException {
    waitFor(latch, 20_000);
  }

  private static void waitFor(CountDownLatch latch, long milliseconds) throws IOException {
    try {
      latch.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
