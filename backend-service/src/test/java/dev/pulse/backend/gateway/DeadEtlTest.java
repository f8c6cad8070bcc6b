package dev.pulse.backend.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.Browser;
import dev.pulse.backend.Browser.Reply;
import dev.pulse.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An etl-service that does not answer holds up nothing but itself. */
class DeadEtlTest extends EtlTest {

  @Test
  void while_it_is_dead_everybody_learns_so_at_once_and_the_rest_goes_on() {
    var person = person(Role.ADMIN);
    var browser = signedIn(person);
    assertThat(browser.get(JOBS).status()).isEqualTo(200);

    ETL.die();
    for (int i = 0; i < 10; i++) assertThat(away(browser.get(JOBS))).isTrue();

    var took = new ArrayList<Duration>();
    for (int i = 0; i < 50; i++) {
      long asked = System.nanoTime();
      assertThat(away(browser.get(JOBS))).isTrue();
      took.add(Duration.ofNanos(System.nanoTime() - asked));
    }
    took.sort(null);
    assertThat(took.get(25)).as("half of them").isLessThan(Duration.ofMillis(100));
    assertThat(browser.get("/api/auth/profile").status()).isEqualTo(200);
    assertThat(signedIn(person).get("/api/users").status()).isEqualTo(200);
    assertThat(browser.get("/health").status()).isEqualTo(200);
  }

  @Test
  void it_is_asked_again_soon_after_it_has_come_back() {
    var browser = signedIn(Role.VIEWER);
    ETL.die();
    for (int i = 0; i < 20; i++) browser.get(JOBS);

    ETL.live();

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(browser.get(JOBS).status()).isEqualTo(200));
    for (int i = 0; i < 20; i++) assertThat(browser.get(JOBS).status()).isEqualTo(200);
  }

  @Test
  void what_it_refuses_is_no_sign_that_it_is_dead() {
    var browser = signedIn(Role.VIEWER);
    ETL.answer(
        Recorder.says(
            503, "application/problem+json", "{\"code\":\"DATABASE_AWAY\",\"status\":503}"));

    for (int i = 0; i < 20; i++) assertThat(browser.get(JOBS).code()).isEqualTo("DATABASE_AWAY");
  }

  @Test
  void when_it_is_frozen_as_many_wait_as_may_and_no_more() throws Exception {
    var browser = signedIn(Role.ADMIN);
    var thaw = new CountDownLatch(1);
    ETL.answer(
        (request, out) -> {
          hold(thaw);
          Recorder.EMPTY_LIST.answer(request, out);
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<Reply>>();
      for (int i = 0; i < 8; i++) waiting.add(threads.submit(get(browser)));
      await().until(() -> ETL.seen().size() == 8);

      var refused = browser.get(JOBS);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("GATEWAY_BUSY");
      assertThat(refused.header("Retry-After")).contains("1");
      assertThat(browser.get("/api/users").status()).isEqualTo(200);
      thaw.countDown();
      for (var each : waiting) assertThat(each.get().status()).isEqualTo(200);
    }
    assertThat(browser.get(JOBS).status()).isEqualTo(200);
  }

  @Test
  void clients_that_go_before_they_are_answered_take_nothing_with_them() throws IOException {
    var browser = signedIn(Role.ADMIN);
    ETL.answer(Recorder.says(200, "application/x-ndjson", "x".repeat(4_000_000)));
    var open = new ArrayList<RawHttp>();
    for (int i = 0; i < 8; i++) {
      open.add(
          RawHttp.open(
              port,
              "GET /api/etl/logs/download/a.jsonl",
              "Cookie: pulse=" + browser.cookie("pulse")));
    }
    for (var each : open) each.head();
    for (var each : open) each.close();
    ETL.answer(Recorder.EMPTY_LIST);

    await().untilAsserted(() -> assertThat(browser.get(JOBS).status()).isEqualTo(200));
    assertThat(List.of(browser.get(JOBS).status(), browser.get(JOBS).status())).containsOnly(200);
  }

  private static Callable<Reply> get(Browser browser) {
    return () -> browser.copy().get(JOBS);
  }

  private static boolean away(Reply reply) {
    return reply.status() == 503
        && reply.code().equals("ETL_AWAY")
        && reply.header("Retry-After").isPresent();
  }

  private static void hold(CountDownLatch thaw) throws IOException {
    try {
      thaw.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
