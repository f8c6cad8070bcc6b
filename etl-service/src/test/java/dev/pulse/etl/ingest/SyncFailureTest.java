package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import dev.pulse.etl.ingest.StopSignal.Stopped;
import dev.pulse.etl.platform.meters.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the engine makes of what a source refuses. */
class SyncFailureTest extends SyncFixture {

  @Autowired PageWaits waits;

  @Test
  void an_unreadable_record_is_quarantined_and_leaves_when_it_can_be_read() throws Exception {
    source.with("alpha", 20);
    source.put("alpha", new Item("alpha-00003", null, ScriptedSource.NOW, 0));
    sync();
    assertThat(count("work_item")).isEqualTo(19);
    assertThat(count("quarantine")).isEqualTo(1);
    assertThat(counter("quarantined")).isEqualTo(1);

    source.put("alpha", new Item("alpha-00003", "mended", ScriptedSource.NOW, 0));
    sync();

    assertThat(count("work_item")).isEqualTo(20);
    assertThat(count("quarantine")).isZero();
  }

  @Test
  void a_project_that_may_not_be_read_is_reported_by_name_and_the_others_are_read()
      throws Exception {
    source.with("alpha", 20).with("beta", 20);
    source.beforeRead =
        request -> {
          if (request.partition().id().equals("beta")) throw new AccessDenied("no", "Grant it.");
        };

    sync();

    assertThat(count("work_item")).isEqualTo(20);
    assertThat(unreadable).containsExactly("items of beta: no");
    assertThat(
            jdbc.sql("select reason from unreadable where connection_id = ? and partition = 'beta'")
                .param(connection)
                .query(String.class)
                .single())
        .isEqualTo("no");
    source.beforeRead = request -> {};
    sync();
    assertThat(count("work_item")).isEqualTo(40);
    assertThat(count("unreadable")).isZero();
  }

  @Test
  void a_rejected_token_ends_the_run_without_asking_again() {
    source.with("alpha", 95);
    var asked = new AtomicInteger();
    source.beforeRead =
        request -> {
          asked.incrementAndGet();
          throw new CredentialsRejected("401", "New token.");
        };

    assertThatThrownBy(this::sync).isInstanceOf(CredentialsRejected.class);

    assertThat(asked.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void a_page_under_way_when_the_run_is_stopped_is_stored_and_no_other_is_asked_for() {
    source.with("alpha", 95);
    var stop = new StopSignal();
    var asked = new AtomicInteger();
    source.beforeRead =
        request -> {
          if (!request.partition().id().equals("alpha")) return;
          asked.incrementAndGet();
          stop.stop("enough");
        };

    assertThatThrownBy(() -> sync(stop)).isInstanceOf(Stopped.class);

    assertThat(count("work_item")).isEqualTo(10);
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_run_that_waits_to_ask_again_is_stopped_at_once() {
    var reader =
        new PatientReader(
            new IngestSettings(
                1, 5, Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO, Duration.ZERO, 3),
            Clock.systemUTC(),
            waits,
            new Meters(new SimpleMeterRegistry()));
    var stop = new StopSignal();
    var run = new RunScope(new Fence(4711, 1), connection, Scope.ALL, null);

    assertThatThrownBy(
            () ->
                reader.patiently(
                    stop,
                    new PageWaits.Place(run, "things"),
                    () -> {
                      stop.stop("enough");
                      throw new SourceUnavailable("503", null);
                    }))
        .isInstanceOf(Stopped.class);
  }

  @Test
  void a_source_that_stumbles_is_asked_again_and_one_that_is_down_fails_the_run() throws Exception {
    source.with("alpha", 30);
    var stumbles = new AtomicInteger(3);
    source.beforeRead =
        request -> {
          if (stumbles.getAndDecrement() > 0) throw new SourceUnavailable("502", null);
        };

    sync();

    assertThat(count("work_item")).isEqualTo(30);
    source.beforeRead =
        request -> {
          throw new SourceUnavailable("down", null);
        };
    assertThatThrownBy(this::sync).isInstanceOf(SourceUnavailable.class);
  }

  @Test
  void a_page_too_heavy_is_asked_for_smaller_and_nothing_is_skipped() throws Exception {
    source.with("alpha", 95);
    source.beforeRead =
        request -> {
          if (request.pageSize() > 3) throw new TooHeavy("10 s");
        };

    sync();

    assertThat(count("work_item")).isEqualTo(95);
  }

  @Test
  void an_expired_position_goes_on_from_its_fallback() throws Exception {
    source.with("alpha", 95);
    var expired = new AtomicInteger();
    source.beforeRead =
        request -> {
          var position = request.position();
          if (position != null
              && position.value().equals("alpha-00029")
              && expired.getAndIncrement() == 0) {
            throw new PositionExpired("gone", new dev.pulse.etl.connectors.Position("alpha-00019"));
          }
        };

    sync();

    assertThat(expired.get()).isPositive();
    assertThat(count("work_item")).isEqualTo(95);
  }
}
