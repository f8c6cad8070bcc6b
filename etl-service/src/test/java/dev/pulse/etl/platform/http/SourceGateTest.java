package dev.pulse.etl.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.platform.http.HttpFailure.Down;
import dev.pulse.etl.platform.http.HttpFailure.Unreachable;
import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.platform.telemetry.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** A source that is down is left alone, and asked by one whether it is back. */
@Timeout(60)
class SourceGateTest {

  static final Spans NO_SPANS = new Spans(TracerProvider.noop().get(""));

  private static final int FAILURES = 4;
  private static final String ERROR = "500 Internal Server Error\r\n";
  private static final String FINE = "200 OK\r\n";

  private final Hand clock = new Hand();
  private final SourceGates gates =
      new SourceGates(
          new OutageSettings(FAILURES, Duration.ofSeconds(10), Duration.ofMinutes(1)), clock);
  private volatile String says = FINE;
  private volatile CountDownLatch open = new CountDownLatch(0);
  private RawServer server;
  private SourceHttp http;

  /** For tests in which no source is down. */
  static SourceGates gates() {
    return new SourceGates(
        new OutageSettings(20, Duration.ofSeconds(5), Duration.ofMinutes(5)), Clock.systemUTC());
  }

  /** A clock that is moved by hand. */
  private static final class Hand extends Clock {
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void a_source() throws IOException {
    server =
        new RawServer(
            (line, out) -> {
              open.await();
              out.write(("HTTP/1.1 " + says + "Content-Length: 2\r\n\r\n{}").getBytes(UTF_8));
            });
    http = http(server.uri("/"));
  }

  @AfterEach
  void no_source() throws IOException {
    open.countDown();
    http.close();
    server.close();
  }

  private SourceHttp http(URI origin) {
    var settings =
        new SourceSettings(
            List.of("127.0.0.0/8"),
            List.of(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            DataSize.ofMegabytes(1));
    return new SourceHttpFactory(
            new AddressRules(settings, InetAddress::getAllByName),
            settings,
            gates,
            clock,
            new Meters(new SimpleMeterRegistry()),
            NO_SPANS)
        .open("test", origin, Network.DIRECT);
  }

  @Test
  void a_source_that_is_down_is_left_alone_until_one_request_finds_it_back() throws Exception {
    goDown();

    var down = refused();

    assertThat(server.requests).as("it is not asked").hasValue(FAILURES);
    assertThat(down.probeAt()).isBetween(clock.now.plusSeconds(5), clock.now.plusSeconds(15));
    assertThat(down).hasMessageContaining("asked again at " + down.probeAt());
    assertThat(seen().state()).isEqualTo(SourceGate.State.DOWN);
    assertThat(seen().downSince()).isEqualTo(clock.now);
    assertThat(seen().lastFailure()).isEqualTo("things answered 500");

    says = FINE;
    clock.pass(Duration.ofSeconds(16));

    assertThat(ask()).isEqualTo(200);
    assertThat(seen().state()).isEqualTo(SourceGate.State.UP);
    assertThat(seen().downSince()).isNull();
    says = ERROR;
    for (int i = 1; i < FAILURES; i++) assertThat(ask()).as("it is counted anew").isEqualTo(500);
  }

  @Test
  void each_try_that_fails_lets_the_next_wait_longer() throws Exception {
    goDown();
    clock.pass(Duration.ofSeconds(16));

    assertThat(ask()).as("one tries").isEqualTo(500);

    var down = refused();
    assertThat(server.requests).hasValue(FAILURES + 1);
    assertThat(down.probeAt()).isBetween(clock.now.plusSeconds(10), clock.now.plusSeconds(30));
    assertThat(seen().downSince()).isEqualTo(clock.now.minusSeconds(16));
  }

  @Test
  void while_one_tries_the_others_wait_for_what_becomes_of_it() throws Exception {
    goDown();
    says = FINE;
    open = new CountDownLatch(1);
    clock.pass(Duration.ofSeconds(16));

    var first = inBackground();
    await().until(() -> server.requests.get() == FAILURES + 1);
    var second = inBackground();
    await().until(() -> seen().state() == SourceGate.State.PROBING);
    assertThat(server.requests).hasValue(FAILURES + 1);
    open.countDown();

    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void a_try_that_is_given_up_leaves_the_way_to_another() throws Exception {
    goDown();
    says = FINE;
    open = new CountDownLatch(1);
    clock.pass(Duration.ofSeconds(16));
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    ask();
                  } catch (Throwable e) {
                    ended.complete(e);
                  }
                });
    await().until(() -> server.requests.get() == FAILURES + 1);

    thread.interrupt();

    assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    open.countDown();
    assertThat(ask()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "404 Not Found\r\n",
        "401 Unauthorized\r\n",
        "429 Too Many Requests\r\nRetry-After: 60\r\n",
        "503 Service Unavailable\r\nRetry-After: 60\r\n"
      })
  void refusals_and_limits_are_answers(String answer) throws Exception {
    says = answer;

    for (int i = 0; i < 3 * FAILURES; i++) ask();

    assertThat(server.requests).hasValue(3 * FAILURES);
    assertThat(seen().state()).isEqualTo(SourceGate.State.UP);
  }

  @Test
  void one_answer_among_failures_shows_that_it_is_there() throws Exception {
    for (int i = 0; i < 3 * FAILURES; i++) {
      says = i % FAILURES == 0 ? FINE : ERROR;
      ask();
    }

    assertThat(seen().state()).isEqualTo(SourceGate.State.UP);
  }

  @Test
  void a_source_that_refuses_connections_is_down_too() throws Exception {
    server.close();

    for (int i = 0; i < FAILURES; i++) {
      assertThatThrownBy(this::ask).isInstanceOf(Unreachable.class);
    }

    refused();
  }

  private void goDown() throws InterruptedException {
    says = ERROR;
    for (int i = 0; i < FAILURES; i++) assertThat(ask()).isEqualTo(500);
  }

  private int ask() throws InterruptedException {
    return http.send(Request.get("things", server.uri("/things"))).status();
  }

  private Down refused() {
    return catchThrowableOfType(Down.class, this::ask);
  }

  private CompletableFuture<Integer> inBackground() {
    var status = new CompletableFuture<Integer>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                status.complete(ask());
              } catch (Throwable e) {
                status.completeExceptionally(e);
              }
            });
    return status;
  }

  private SourceGate.Seen seen() {
    return gates.all().getFirst().seen();
  }
}
