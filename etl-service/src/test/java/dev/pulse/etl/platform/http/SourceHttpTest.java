package dev.pulse.etl.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.platform.http.HttpFailure.TimedOut;
import dev.pulse.etl.platform.http.HttpFailure.TooLarge;
import dev.pulse.etl.platform.http.HttpFailure.Unreachable;
import dev.pulse.etl.platform.meters.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@Timeout(20)
class SourceHttpTest {

  private static final Meters METERS = new Meters(new SimpleMeterRegistry());
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @Test
  void a_silent_server_is_left_at_the_deadline() throws Exception {
    try (var server = new RawServer((line, out) -> NEVER.await());
        var http = open(server, Duration.ofMillis(400))) {
      assertThatThrownBy(() -> http.send(get(server))).isInstanceOf(TimedOut.class);
    }
  }

  @Test
  void a_dripping_server_is_left_at_the_deadline_of_the_whole_request() throws Exception {
    try (var server =
            new RawServer(
                (line, out) -> {
                  out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(UTF_8));
                  for (int i = 0; i < 1000; i++) {
                    out.write('x');
                    out.flush();
                    if (NEVER.await(20, TimeUnit.MILLISECONDS)) return;
                  }
                });
        var http = open(server, Duration.ofMillis(500))) {
      assertThatThrownBy(() -> http.send(get(server))).isInstanceOf(TimedOut.class);
    }
  }

  @Test
  void an_interrupt_ends_a_request_at_once() throws Exception {
    try (var server = new RawServer((line, out) -> NEVER.await());
        var http = open(server, Duration.ofSeconds(60))) {
      var thrown = new CompletableFuture<Throwable>();
      var thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      http.send(get(server));
                    } catch (Throwable e) {
                      thrown.complete(e);
                    }
                  });
      server.asked.await();

      thread.interrupt();

      assertThat(thrown.get(2, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void closing_ends_a_request_at_once() throws Exception {
    try (var server = new RawServer((line, out) -> NEVER.await())) {
      var http = open(server, Duration.ofSeconds(60));
      var thrown = new CompletableFuture<Throwable>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  http.send(get(server));
                } catch (Throwable e) {
                  thrown.complete(e);
                }
              });
      server.asked.await();

      http.close();

      assertThat(thrown.get(2, TimeUnit.SECONDS)).isInstanceOf(Unreachable.class);
    }
  }

  @Test
  void a_gzip_bomb_is_cut_at_its_decoded_size() throws Exception {
    var bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(100_000);
    try (var server =
            new RawServer(
                (line, out) -> out.write(RawServer.ok("Content-Encoding: gzip\r\n", bomb)));
        var http = open(server, Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> http.send(get(server)))
          .isInstanceOf(TooLarge.class)
          .hasMessageContaining("1 MB");
    }
  }

  @Test
  void an_endless_answer_is_dropped_without_reading_on() throws Exception {
    var block = new byte[64 * 1024];
    try (var server =
            new RawServer(
                (line, out) -> {
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".getBytes(UTF_8));
                  while (true) out.write(block);
                });
        var http = open(server, Duration.ofSeconds(15))) {
      long began = System.nanoTime();

      assertThatThrownBy(() -> http.send(get(server))).isInstanceOf(TooLarge.class);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hal",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hal\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nzzzz",
        "HTTP/1.1 200",
        "complete nonsense\r\n\r\n",
        ""
      })
  void a_cut_or_senseless_answer_is_no_answer(String bytes) throws Exception {
    try (var server =
            new RawServer(
                (line, out) -> {
                  out.write(bytes.getBytes(UTF_8));
                  out.flush();
                  out.close();
                });
        var http = open(server, Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> http.send(get(server))).isInstanceOf(Unreachable.class);
    }
  }

  @Test
  void a_cut_gzip_answer_is_no_answer() throws Exception {
    var whole = gzip("{\"a\":\"%s\"}".formatted("b".repeat(5_000)).getBytes(UTF_8));
    var half = java.util.Arrays.copyOf(whole, whole.length / 2);
    try (var server =
            new RawServer(
                (line, out) -> out.write(RawServer.ok("Content-Encoding: gzip\r\n", half)));
        var http = open(server, Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> http.send(get(server))).isInstanceOf(Unreachable.class);
    }
  }

  @Test
  void a_connection_is_used_again_for_the_next_request() throws Exception {
    try (var server =
            new RawServer((line, out) -> out.write(RawServer.ok("", "{}".getBytes(UTF_8))));
        var http = open(server, Duration.ofSeconds(5))) {
      for (int i = 0; i < 5; i++) assertThat(http.send(get(server)).text()).isEqualTo("{}");

      assertThat(server.requests).hasValue(5);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void nobody_listening_is_unreachable() throws Exception {
    URI free;
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      free = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (var http =
        factory(Duration.ofSeconds(5), List.of("127.0.0.0/8")).open("test", free, Network.DIRECT)) {
      assertThatThrownBy(() -> http.send(Request.get("probe", free)))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("probe at 127.0.0.1");
    }
  }

  @Test
  void a_source_never_has_more_requests_under_way_than_it_has_connections() throws Exception {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    try (var server =
            new RawServer(
                (line, out) -> {
                  most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                  NEVER.await(30, TimeUnit.MILLISECONDS);
                  underWay.decrementAndGet();
                  out.write(RawServer.ok("", new byte[2]));
                });
        var http = open(server, Duration.ofSeconds(15));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> ask = () -> http.send(get(server));
      for (var answer : threads.invokeAll(Collections.nCopies(200, ask))) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
      assertThat(most.get()).isBetween(2, SourceHttpFactory.CONNECTIONS);
    }
  }

  static SourceHttp open(RawServer server, Duration deadline) {
    return factory(deadline, List.of("127.0.0.0/8")).open("test", server.uri("/"), Network.DIRECT);
  }

  static SourceHttpFactory factory(Duration deadline, List<String> networks) {
    var settings =
        new SourceSettings(
            networks, List.of(), Duration.ofSeconds(2), deadline, DataSize.ofMegabytes(1));
    return new SourceHttpFactory(
        new AddressRules(settings, InetAddress::getAllByName),
        settings,
        SourceGateTest.gates(),
        Clock.systemUTC(),
        METERS,
        SourceGateTest.NO_SPANS);
  }

  static Request get(RawServer server) {
    return Request.get("things", server.uri("/things"));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
