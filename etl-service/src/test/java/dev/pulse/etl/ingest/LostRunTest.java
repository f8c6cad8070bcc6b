package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.model.FailureCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A node that lost its run while it waited for an answer neither writes nor speaks any more. */
class LostRunTest extends SyncFixture {

  @Autowired Findings findings;
  @Autowired Coverage coverage;
  @Autowired Backfills backfills;
  @Autowired OpenBackfills openBackfills;

  private final List<String> told = new ArrayList<>();
  private final Sync.Listener listener =
      new Sync.Listener() {
        @Override
        public void unreadable(String stream, Partition partition, String reason, String remedy) {
          told.add(reason);
        }

        @Override
        public void held(String stream, long records) {
          told.add("held " + records);
        }
      };

  @Test
  void a_refusal_that_comes_late_is_neither_kept_nor_told() {
    source.with("alpha", 5);
    source.beforeRead =
        request -> {
          lose();
          throw new AccessDenied("no", "Grant it.");
        };

    assertThatThrownBy(this::sync).isInstanceOf(FenceLost.class);

    assertThat(count("unreadable")).isZero();
    assertThat(unreadable).isEmpty();
  }

  @Test
  void what_was_refused_does_not_become_readable_by_an_answer_that_comes_late() throws Exception {
    source.with("alpha", 5);
    source.beforeRead =
        request -> {
          if (request.partition().id().equals("alpha")) throw new AccessDenied("no", "Grant it.");
        };
    sync();
    lose();

    assertThatThrownBy(() -> coverage.readable(asRun(), "items", new Partition("alpha", "alpha")))
        .isInstanceOf(FenceLost.class);

    assertThat(count("unreadable")).isEqualTo(1);
  }

  @Test
  void what_vanished_is_neither_held_nor_done_with() throws Exception {
    sync();
    var ids = Map.of("alpha", List.of("1", "2"));
    findings.hold(asRun(), "census", ids);
    findings.held(asRun(), "census", 2, listener);
    lose();

    assertThatThrownBy(() -> findings.hold(asRun(), "census", Map.of("beta", List.of("3"))))
        .isInstanceOf(FenceLost.class);
    assertThatThrownBy(() -> findings.held(asRun(), "census", 3, listener))
        .isInstanceOf(FenceLost.class);
    assertThatThrownBy(() -> findings.done(asRun(), "census", ids)).isInstanceOf(FenceLost.class);

    assertThat(told).containsExactly("held 2");
    assertThat(count("vanished")).isEqualTo(2);
  }

  @Test
  void a_backfill_is_neither_begun_nor_given_up() throws Exception {
    sync();
    long id =
        backfills.queue(
            connection, new Backfills.Wanted(null, null, ScriptedSource.NOW, null), "looked wrong");
    lose();

    var why = new OpenBackfills.Failure(FailureCategory.SOURCE, "no", "Wait.");
    var backfill = openBackfills.next(connection).orElseThrow();
    assertThatThrownBy(() -> openBackfills.begin(asRun(), id)).isInstanceOf(FenceLost.class);
    assertThatThrownBy(() -> openBackfills.failed(asRun(), id, why)).isInstanceOf(FenceLost.class);
    assertThatThrownBy(() -> openBackfills.fail(asRun(), backfill, why, listener))
        .isInstanceOf(FenceLost.class);

    assertThat(backfills.require(connection, id).state()).isEqualTo(Backfills.State.QUEUED);
  }

  private void lose() {
    jdbc.sql("update run_lease set token = 2 where run_id = ?").param(run).update();
  }

  /** As the node that began the run still thinks. */
  private RunScope asRun() {
    return new RunScope(new Fence(run, 1), connection, Scope.ALL, null);
  }
}
