package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That a copy is complete, and stays so. */
abstract class ReadingContract extends ConnectorFixture {

  @Test
  void reads_everything_once() {
    sync();

    assertEqualToWorld();
    assertThat(counter("updated")).isZero();
  }

  @Test
  void a_second_run_without_changes_writes_nothing_and_asks_little() {
    sync();
    simulator.requests().reset();
    var versions = rowVersions();

    sync();

    assertThat(rowVersions()).isEqualTo(versions);
    assertThat(counter("inserted") + counter("updated") + counter("deleted")).isZero();
    assertThat(simulator.requests().total())
        .as(simulator.requests().counts().toString())
        .isLessThanOrEqualTo(source.quietRequests());
  }

  @Test
  void reads_what_changed_since() {
    sync();
    int changed = source.change(20);

    sync();

    assertEqualToWorld();
    assertThat(counter("inserted") + counter("updated")).isGreaterThanOrEqualTo(changed);
  }

  @Test
  void a_change_during_the_reading_is_not_lost() {
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).number(30));
    connect();
    start();
    await().until(() -> storedRows() > 0);
    source.change(15);

    awaitEnd("FINISHED");
    simulator.faults().clear();
    sync();

    assertEqualToWorld();
  }

  @Test
  void records_twice_in_a_page_and_out_of_order_are_stored_once() {
    simulator.faults().add(Fault.of(Kind.DUPLICATES, source.name()));
    simulator.faults().add(Fault.of(Kind.REORDERED, source.name()));

    sync();

    assertEqualToWorld();
  }

  /**
   * As a lagging replica of the source answers: in the same page, and in a page that comes later.
   */
  @Test
  void an_older_state_that_comes_late_does_not_win() {
    var old = new HashMap<String, JsonNode>();
    changing(
        records -> {
          for (var each : records) old.put(each.path("id").asString(), each.deepCopy());
          return false;
        });
    sync();
    source.change(20);
    var late = new HashSet<String>();
    changing(
        records -> {
          for (var each : List.copyOf(TestedSource.each(records))) {
            var before = old.get(each.path("id").asString());
            if (before == null || before.equals(each)) continue;
            late.add(each.path("id").asString());
            records.add(before.deepCopy());
          }
          return true;
        });

    sync();

    assertThat(late).hasSizeGreaterThanOrEqualTo(20);
    assertEqualToWorld();

    changing(
        records -> {
          for (int i = 0; i < records.size(); i++) {
            var id = records.get(i).path("id").asString();
            if (late.contains(id) && old.containsKey(id)) records.set(i, old.get(id).deepCopy());
          }
          return true;
        });
    sync();

    assertEqualToWorld();
  }

  @Test
  protected void truncated_lists_are_completed() {
    var shortened = new AtomicInteger();
    var seen = new AtomicInteger();
    changing(
        records -> {
          for (var each : TestedSource.each(records)) {
            if (seen.incrementAndGet() % 5 == 0 && source.truncate(each)) {
              shortened.incrementAndGet();
            }
          }
          return true;
        });

    sync();

    assertThat(shortened.get()).isGreaterThan(10);
    assertEqualToWorld();
  }

  @Test
  void a_stop_is_honoured_within_a_page_and_the_next_run_goes_on() {
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).number(100));
    connect();
    start();
    await().until(() -> storedRows() > 0);

    api("POST", "jobs/" + connection + "/stop", "{\"reason\":\"lunch\"}");

    await().atMost(Duration.ofSeconds(5)).until(() -> state().equals("NOT_STARTED"));
    simulator.faults().clear();
    start();
    awaitEnd("FINISHED");
    assertEqualToWorld();
  }

  /** The physical versions of all rows: a row that is written again gets another. */
  private List<String> rowVersions() {
    var tables =
        jdbc.sql(
                "select table_name from information_schema.columns where table_schema = 'etl' and"
                    + " column_name = 'content_hash' order by 1")
            .query(String.class)
            .list();
    return tables.stream()
        .flatMap(
            table ->
                texts(
                    "select '%1$s ' || id || ctid::text from %1$s where connection_id = ? order by id"
                        .formatted(table))
                    .stream())
        .toList();
  }
}
