package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class SyncTest extends EtlTest {

  private static final AtomicInteger RUNS = new AtomicInteger(1_000);

  @Autowired Sync sync;
  @Autowired JdbcClient jdbc;

  private final ScriptedSource source = new ScriptedSource();
  private final List<String> unreadable = new ArrayList<>();
  private long connection;
  private long run;

  @BeforeEach
  void a_connection_of_its_own() {
    jdbc.sql("delete from scope_element").update();
    connection = RUNS.incrementAndGet();
  }

  @Test
  void everything_is_read_once_with_the_children_that_are_owed() throws Exception {
    source.with("alpha", 95).with("beta", 12);

    sync();

    assertThat(count("work_item")).isEqualTo(107);
    assertThat(count("work_item_change")).isEqualTo(214);
    assertThat(count("owed")).isZero();
    assertThat(counter("inserted")).isEqualTo(107 + 214);
  }

  @Test
  void a_second_run_without_changes_writes_nothing() throws Exception {
    source.with("alpha", 40);
    sync();
    var versions = versions();

    sync();

    assertThat(versions()).isEqualTo(versions);
    assertThat(counter("inserted") + counter("updated")).isZero();
    assertThat(counter("unchanged")).isPositive();
  }

  @Test
  void a_changed_item_is_written_again_and_owes_its_children_again() throws Exception {
    source.with("alpha", 40);
    sync();
    source.put("alpha", new Item("alpha-00007", "New title", ScriptedSource.NOW, 3));

    sync();

    assertThat(counter("updated")).isEqualTo(1);
    assertThat(count("work_item_change")).isEqualTo(81);
  }

  @Test
  void an_older_state_never_overwrites_a_newer_one() throws Exception {
    source.put("alpha", new Item("a", "new", ScriptedSource.NOW, 0));
    sync();
    source.put("alpha", new Item("a", "old", ScriptedSource.NOW.minusSeconds(1), 0));
    forgetCheckpoints();

    sync();

    assertThat(
            jdbc.sql("select title from work_item where connection_id = ?")
                .param(connection)
                .query(String.class)
                .single())
        .isEqualTo("new");
  }

  @Test
  void the_newer_of_two_states_in_one_page_wins() throws Exception {
    source.items.getOrDefault("alpha", List.of()).add(new Item("a", "new", ScriptedSource.NOW, 0));
    source
        .items
        .getOrDefault("alpha", List.of())
        .add(new Item("a", "old", ScriptedSource.NOW.minusSeconds(1), 0));

    sync();

    assertThat(
            jdbc.sql("select title from work_item where connection_id = ?")
                .param(connection)
                .query(String.class)
                .single())
        .isEqualTo("new");
  }

  @Test
  void a_run_that_dies_goes_on_from_its_last_stored_page() throws Exception {
    source.with("alpha", 95);
    var died = new AtomicInteger();
    source.beforeRead =
        request -> {
          if (request.position() != null && request.position().value().equals("alpha-00049")) {
            died.incrementAndGet();
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(this::sync).isInstanceOf(IllegalStateException.class);
    assertThat(count("work_item")).isEqualTo(50);
    source.beforeRead = request -> {};
    source.reads.set(0);

    sync();

    assertThat(died).hasValue(1);
    assertThat(count("work_item")).isEqualTo(95);
    assertThat(counter("unchanged")).isZero();
  }

  @Test
  void a_page_of_somebody_who_lost_the_fence_is_not_stored() {
    source.with("alpha", 95);
    source.beforeRead =
        request -> {
          if (request.position() != null) {
            jdbc.sql("update run_lease set token = token + 1 where run_id = ?").param(run).update();
          }
        };

    assertThatThrownBy(this::sync).isInstanceOf(FenceLost.class);

    assertThat(count("work_item")).isLessThanOrEqualTo(10);
  }

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
            jdbc.sql("select unreadable_reason from scope_element where external_id = 'beta'")
                .query(String.class)
                .single())
        .isEqualTo("no");
    source.beforeRead = request -> {};
    sync();
    assertThat(count("work_item")).isEqualTo(40);
    assertThat(
            jdbc.sql("select count(*) from scope_element where unreadable_reason is not null")
                .query(Long.class)
                .single())
        .isZero();
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

  private void sync() throws InterruptedException {
    run = RUNS.incrementAndGet();
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute')")
        .param(run)
        .update();
    unreadable.clear();
    sync.run(
        new RunScope(new Fence(run, 1), connection, Scope.ALL, null),
        source,
        new StopSignal(),
        (stream, partition, reason, remedy) ->
            unreadable.add(stream + " of " + partition.label() + ": " + reason));
  }

  private void forgetCheckpoints() {
    jdbc.sql("delete from checkpoint where connection_id = ?").param(connection).update();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table + " where connection_id = ?")
        .param(connection)
        .query(Long.class)
        .single();
  }

  private long counter(String column) {
    return jdbc.sql("select coalesce(sum(" + column + "), 0) from run_stream where run_id = ?")
        .param(run)
        .query(Long.class)
        .single();
  }

  /** The physical versions of the rows: a row that is written again gets another. */
  private List<String> versions() {
    return jdbc.sql(
            "select ctid::text || external_id from work_item where connection_id = ? order by 1")
        .param(connection)
        .query(String.class)
        .list();
  }
}
