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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That a copy is complete, and stays so. */
abstract class ReadingContract extends RereadingContract {

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

  /** Nothing is emptied before it is read anew. */
  @Test
  void reading_everything_again_writes_nothing_and_takes_nothing_away() {
    sync();
    var versions = rowVersions();
    jdbc.sql("delete from checkpoint where connection_id = ?").param(connection).update();

    sync();

    assertThat(rowVersions()).isEqualTo(versions);
    assertThat(counter("inserted") + counter("updated") + counter("deleted")).isZero();
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

  @Test
  void the_estimate_tells_about_what_the_first_sync_will_take() {
    connect();
    var estimate = api("POST", "connections/" + connection + "/estimate", "").json();
    var before = simulator.requests().total();

    sync();

    long requests = simulator.requests().total() - before;
    assertThat(source.estimated(estimate)).as(estimate.toString()).isEqualTo(source.count());
    assertThat(storedRows())
        .as(estimate.toString())
        .isBetween(estimate.path("rows").asLong() / 2, estimate.path("rows").asLong() * 2);
    assertThat(requests)
        .as(estimate.toString())
        .isBetween(estimate.path("requests").asLong() / 3, estimate.path("requests").asLong() * 3);
    assertThat(estimate.path("diskBytes").asLong()).isPositive();
  }

  @Test
  void the_estimate_is_of_what_is_in_the_scope() {
    connect();
    scope("{\"exclude\":[\"%s\"]}".formatted(source.elements().getFirst()));

    var estimate = api("POST", "connections/" + connection + "/estimate", "").json();

    int elements = source.elements().size();
    long others = IntStream.range(0, source.count()).filter(i -> i % elements != 0).count();
    assertThat(source.estimated(estimate)).isEqualTo(others);
  }

  @Test
  void what_leaves_the_scope_is_removed_and_what_comes_back_is_read_again() {
    sync();
    var first = source.elements().getFirst();
    var id =
        texts(
                "select external_id from scope_element where connection_id = ? and name = '%s'"
                    .formatted(first))
            .getFirst();

    scope("{\"exclude\":[\"%s\"]}".formatted(first));
    sync();

    for (var column : columnsOfElements()) assertThat(texts(column)).as(column).doesNotContain(id);
    assertThat(job().path("rows").asLong()).isPositive().isEqualTo(storedRows());

    scope("{}");
    sync();

    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
  }

  private void scope(String scope) {
    assertThat(api("PUT", "connections/" + connection + "/scope", scope).status()).isEqualTo(200);
  }

  /** Queries for the project or repository of each row; the catalogue is of all of them. */
  private List<String> columnsOfElements() {
    return jdbc.sql(
            """
            select format('select distinct %I from %I where connection_id = ? and %1$I is not null', c.column_name,
              c.table_name)
            from information_schema.columns c
            join information_schema.columns r using (table_schema, table_name)
            where c.table_schema = 'etl' and r.column_name = 'content_hash'
              and (c.column_name = 'repository_id'
                or c.column_name = 'project_id' and c.table_name not in ('board', 'work_item_type', 'work_status'))
            """)
        .query(String.class)
        .list();
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
