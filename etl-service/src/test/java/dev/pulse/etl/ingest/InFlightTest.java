package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.platform.http.InFlight;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.http.RawServer;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.http.SourceHttpFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "pulse.ingest.max-in-flight=512KB")
class InFlightTest extends EtlTest {

  private static final AtomicInteger RUNS = new AtomicInteger(500_000);
  private static final int BOUND = 512 * 1024;
  private static final int ANSWER = 400 * 1024;
  private static final int READERS = 2;

  @Autowired Sync sync;
  @Autowired JdbcClient jdbc;
  @Autowired InFlight inFlight;
  @Autowired SourceHttpFactory factory;

  private final ScriptedSource source = new ScriptedSource().with("alpha", 95).with("beta", 95);
  private final AtomicLong most = new AtomicLong();
  private final AtomicInteger pages = new AtomicInteger();
  private RawServer server;

  @BeforeEach
  void every_page_costs_an_answer_of_400_kb() throws Exception {
    jdbc.sql("delete from scope_element").update();
    var body = new byte[ANSWER];
    server = new RawServer((line, out) -> out.write(RawServer.ok("", body)));
    var http = factory.open("test", server.uri("/"), Network.DIRECT);
    source.beforeRead =
        request -> {
          try {
            http.send(Request.get("page", server.uri("/page")));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          }
          most.accumulateAndGet(inFlight.heldBytes(), Math::max);
          pages.incrementAndGet();
        };
  }

  @AfterEach
  void nothing_is_held_when_the_run_has_ended() throws Exception {
    server.close();
    assertThat(inFlight.heldBytes()).isZero();
  }

  @Test
  void no_more_is_held_than_the_bound_and_a_page_for_each_reader() throws Exception {
    sync();

    assertThat(pages.get()).isGreaterThan(6);
    assertThat(most.get()).isBetween((long) ANSWER, (long) BOUND + READERS * ANSWER);
  }

  @Test
  void a_failed_read_gives_back_what_it_held() {
    failingAfter(3, new CredentialsRejected("401", "Renew the token."));

    assertThatThrownBy(this::sync).isInstanceOf(CredentialsRejected.class);
  }

  @Test
  void attempts_that_failed_do_not_use_up_the_room() {
    failingAfter(1, new SourceUnavailable("503", null));

    assertThatThrownBy(this::sync).isInstanceOf(SourceUnavailable.class);
  }

  @Test
  void pages_that_may_not_be_stored_give_back_what_they_held() {
    failingAfter(
        3,
        () -> jdbc.sql("update run_lease set token = token + 1 where run_id = " + RUNS).update());

    assertThatThrownBy(this::sync).isInstanceOf(FenceLost.class);
  }

  @Test
  void a_stopped_run_gives_back_what_it_held() {
    failingAfter(3, () -> stop.stop("enough"));

    assertThatThrownBy(this::sync).isInstanceOf(StopSignal.Stopped.class);
  }

  @Test
  void an_interrupted_run_gives_back_what_it_held() {
    var runner = Thread.currentThread();
    failingAfter(3, runner::interrupt);

    assertThatThrownBy(this::sync).isInstanceOf(InterruptedException.class);
  }

  private final StopSignal stop = new StopSignal();

  private void failingAfter(int count, RuntimeException failure) {
    failingAfter(
        count,
        () -> {
          throw failure;
        });
  }

  private void failingAfter(int count, Runnable then) {
    var read = source.beforeRead;
    source.beforeRead =
        request -> {
          read.accept(request);
          if (pages.get() >= count) then.run();
        };
  }

  private void sync() throws InterruptedException {
    long run = RUNS.incrementAndGet();
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute')")
        .param(run)
        .update();
    sync.run(
        new RunScope(new Fence(run, 1), run, Scope.ALL, null),
        source,
        stop,
        (stream, partition, reason, remedy) -> {});
  }
}
