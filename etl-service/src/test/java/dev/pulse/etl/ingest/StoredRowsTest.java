package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.StoredJob;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import dev.pulse.etl.ingest.StopSignal.Stopped;
import dev.pulse.etl.platform.lists.Keyset;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The figure of a job's live rows is the number of live rows, whatever has happened. */
class StoredRowsTest extends ScriptedSync {

  private static final int STEPS = 25;

  @Autowired Quarantine quarantine;
  @Autowired QuarantineRetry retry;
  @Autowired Forgetting forgetting;

  @BeforeEach
  void a_job() {
    StoredJob.insert(jdbc, connection, "stored rows");
  }

  @AfterEach
  void no_job() {
    StoredJob.delete(jdbc, connection);
  }

  @Test
  void a_child_that_went_and_came_back_is_counted_once() throws Exception {
    source.put("alpha", new Item("a", "three", ScriptedSource.NOW, 3));
    sync();
    source.put("alpha", new Item("a", "one", ScriptedSource.NOW.plusSeconds(1), 1));
    sync();
    assertThat(figure()).isEqualTo(2).isEqualTo(live());

    source.put("alpha", new Item("a", "three again", ScriptedSource.NOW.plusSeconds(2), 3));
    sync();

    assertThat(figure()).isEqualTo(4).isEqualTo(live());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_figure_equals_a_count_after_any_order_of_events(long seed) throws Exception {
    var random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      int what = random.nextInt(10);
      if (what < 6) {
        change(random, step);
        sync();
      } else if (what == 6) {
        change(random, step);
        interrupted(random.nextInt(4), random.nextBoolean());
      } else if (what == 7) {
        retryAll();
      } else if (what == 8) {
        jdbc.sql("delete from checkpoint where connection_id = ?").param(connection).update();
        sync();
      } else {
        forgetAnother();
      }
      assertThat(figure()).as("seed %d, step %d", seed, step).isEqualTo(live());
    }
    assertThat(live()).isPositive();
  }

  @Test
  void nothing_is_left_of_a_connection_that_is_forgotten() throws Exception {
    source.with("alpha", 30);
    sync();

    forgetting.forget(connection);

    assertThat(count("stored_rows")).isZero();
    assertThat(figure()).isZero().isEqualTo(live());
  }

  /** Some items of both projects have one id: their pages write the same rows side by side. */
  private void change(Random random, int step) {
    for (int i = 0; i < 12; i++) {
      var item =
          new Item(
              "item-%02d".formatted(random.nextInt(30)),
              random.nextInt(8) == 0 ? null : "step " + step,
              ScriptedSource.NOW.plusSeconds(step),
              random.nextInt(5));
      source.put(random.nextBoolean() ? "alpha" : "beta", item);
    }
  }

  private void interrupted(int pages, boolean byOperator) throws InterruptedException {
    var stop = new StopSignal();
    int until = source.reads.get() + pages;
    source.beforeRead =
        request -> {
          if (source.reads.get() < until) return;
          if (!byOperator) throw new IllegalStateException("killed");
          stop.stop("enough");
        };
    try {
      sync(stop);
    } catch (Stopped | IllegalStateException e) {
      assertThat(e).hasMessageMatching(".*(enough|killed).*");
    } finally {
      source.beforeRead = request -> {};
    }
  }

  private void retryAll() {
    for (var entry : quarantine.list(connection, Keyset.first(Quarantine.Sort.ID, 100)).items()) {
      var stored =
          retry.retry(quarantine.find(entry.id()).orElseThrow(), source, Scope.ALL, _ -> {});
      assertThat(stored).isEmpty();
    }
  }

  private void forgetAnother() throws InterruptedException {
    long mine = connection;
    jdbc.sql("delete from scope_element where connection_id = ?").param(mine).update();
    connection = mine + 100_000_000;
    sync();
    assertThat(live()).isPositive();
    forgetting.forget(connection);
    connection = mine;
  }

  private long figure() {
    return api("GET", "jobs/" + connection, "").json().path("rows").asLong();
  }

  private long live() {
    return RecordLayout.TABLES.stream()
        .map(RecordTable::name)
        .distinct()
        .mapToLong(
            table ->
                jdbc.sql(
                        "select count(*) from %s where connection_id = ? and deleted_at is null"
                            .formatted(table))
                    .param(connection)
                    .query(Long.class)
                    .single())
        .sum();
  }
}
