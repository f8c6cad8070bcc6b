package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.ingest.ScriptedSource.Item;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SyncTest extends SyncFixture {

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
}
