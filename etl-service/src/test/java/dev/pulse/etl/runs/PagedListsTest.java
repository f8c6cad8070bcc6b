package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.StoredJob;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Every list is read page by page, in the order that was asked for, each entry once. */
class PagedListsTest extends EtlTest {

  private static final long JOB = 700_801;
  private static final int PARTS = 23;

  @Autowired JdbcClient jdbc;
  private long run;

  @BeforeEach
  void a_job_that_reads_many_repositories() {
    StoredJob.insert(jdbc, JOB, "paged lists");
    run =
        jdbc.sql("insert into run (job_id, state) values (?, 'FINISHED') returning id")
            .param(JOB)
            .query(Long.class)
            .single();
    jdbc.sql("update job set run_id = ? where id = ?").params(run, JOB).update();
    insert(
        """
        insert into scope_element (connection_id, external_id, instance, name, label, attributes, included)
        select :job, 'r' || n, 'paged', 'same ' || n / 2, 'r', '{}', false from generate_series(1, :parts) as n
        """);
    insert(
        """
        insert into checkpoint (connection_id, stream, partition)
        select :job, 's' || n % 3, 'r' || n from generate_series(1, :parts) as n
        """);
    insert(
        """
        insert into run_stream (run_id, stream, partition, label)
        select :run, 's' || n % 3, 'r' || n, 'r' from generate_series(1, :parts) as n
        """);
    insert(
        """
        insert into quarantine (connection_id, run_id, stream, partition, label, external_id, reason, raw, seen, last_seen)
        select :job, :run, 's' || n % 3, 'p', 'p', 'x' || n, 'no', '{}', n % 4, timestamptz '2026-01-01' + n % 5 * interval '1 day'
        from generate_series(1, :parts) as n
        """);
    insert(
        """
        insert into unreadable (connection_id, partition, stream, reason)
        select :job, p, 's0', 'no' from unnest(array['r7', '']) as p
        """);
  }

  @AfterEach
  void no_job() {
    for (var table : List.of("scope_element", "checkpoint", "quarantine", "unreadable")) {
      jdbc.sql("delete from %s where connection_id = ?".formatted(table)).param(JOB).update();
    }
    jdbc.sql("delete from run_stream where run_id = ?").param(run).update();
    StoredJob.delete(jdbc, JOB);
  }

  @ParameterizedTest
  @CsvSource({
    "jobs/JOB/checkpoints, stream partition",
    "jobs/JOB/coverage, externalId",
    "runs/RUN/streams, stream partition",
    "quarantine?connection=JOB, id"
  })
  void a_long_list_is_whole_and_has_nothing_twice(String path, String key) {
    var keys = pages(path, 5).stream().map(each -> key(each, key)).toList();

    assertThat(keys).hasSize(PARTS).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "quarantine?connection=JOB, id, id",
    "quarantine?connection=JOB, lastSeen, lastSeen id",
    "quarantine?connection=JOB, seen, seen id",
    "jobs/JOB/checkpoints, stream, stream partition",
    "jobs/JOB/coverage, name, name externalId",
    "jobs/JOB/errors, count, count",
    "jobs/JOB/errors, lastSeen, lastSeen",
    "jobs, name, name",
    "connectors, label, label"
  })
  void it_is_sorted_by_the_field_that_was_asked_for_either_way(
      String path, String field, String key) {
    var rising = keys(path, field, key);
    var falling = keys(path, "-" + field, key);

    assertThat(rising).isNotEmpty().isSorted();
    assertThat(falling).containsExactlyElementsOf(rising.reversed());
  }

  @Test
  void what_cannot_be_sorted_by_is_refused_with_what_can() {
    var refused = api("GET", "quarantine?sort=reason", "");

    assertThat(refused.status()).isEqualTo(400);
    var error = refused.json().path("errors").path(0);
    assertThat(error.path("field").asString()).isEqualTo("sort");
    assertThat(error.path("message").asString())
        .isEqualTo("is none of [id, -id, lastSeen, -lastSeen, seen, -seen]");
    for (var path : List.of("runs", "audit", "jobs", "connections", "alerts", "budgets")) {
      assertThat(api("GET", path + "?sort=nothing", "").status()).as(path).isEqualTo(400);
    }
  }

  @Test
  void a_cursor_is_good_for_the_order_it_was_given_for_and_no_other() {
    var first = page("quarantine?sort=-lastSeen&limit=2");
    var cursor = first.path("next").asString();

    for (var other : List.of("lastSeen", "-id", "-seen", "")) {
      assertNoCursor("quarantine?limit=2&cursor=%s&sort=%s".formatted(cursor, other));
    }
    assertNoCursor("quarantine?sort=-id&cursor=4711");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-4711",
        "bm90IGpzb24",
        "WyJpZCJd", // ["id"]
        "WyJpZCIsInggKTsgLS0iXQ", // ["id","x ); --"]
        "WyJpZCIsIjEiLCIyIl0", // ["id","1","2"]
        "WyJpZCIsbnVsbF0", // ["id",null]
        "e30" // {}
      })
  void a_cursor_that_no_list_gave_is_refused(String cursor) {
    assertNoCursor("quarantine?cursor=" + cursor);
  }

  private void assertNoCursor(String path) {
    var refused = api("GET", path, "");
    assertThat(refused.status()).as(path).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString()).isEqualTo("cursor");
  }

  @Test
  void what_comes_while_a_list_is_read_makes_nothing_come_twice_or_be_left_out() {
    var first = page("quarantine?connection=" + JOB + "&sort=-id&limit=10");
    insert(
        """
        insert into quarantine (connection_id, run_id, stream, partition, label, external_id, reason, raw)
        select :job, :run, 'new', 'p', 'p', 'y' || n, 'no', '{}' from generate_series(1, :parts) as n
        """);

    var rest =
        page(
            "quarantine?connection=%d&sort=-id&limit=200&cursor=%s"
                .formatted(JOB, first.path("next").asString()));

    var all = new ArrayList<>(first.path("items").findValuesAsString("id"));
    all.addAll(rest.path("items").findValuesAsString("id"));
    assertThat(all).hasSize(PARTS).doesNotHaveDuplicates();
    assertThat(rest.path("next").isNull()).isTrue();
  }

  @Test
  void what_is_of_no_one_repository_stands_on_the_first_page_of_the_coverage() {
    var first = page("jobs/" + JOB + "/coverage?limit=20");
    var second =
        page("jobs/%d/coverage?limit=20&cursor=%s".formatted(JOB, first.path("next").asString()));

    assertThat(first.path("streams").findValuesAsString("stream")).containsExactly("s0");
    assertThat(second.path("streams")).isEmpty();
    assertThat(pages("jobs/JOB/coverage", 5))
        .filteredOn(each -> !each.path("unreadable").isEmpty())
        .extracting(each -> each.path("externalId").asString())
        .containsExactly("r7");
  }

  private List<String> keys(String path, String sort, String key) {
    var sorted = path + (path.contains("?") ? "&" : "?") + "sort=" + sort;
    return pages(sorted, 4).stream().map(each -> key(each, key)).toList();
  }

  private static String key(JsonNode item, String fields) {
    var key = new StringBuilder();
    for (var field : fields.split(" ")) {
      var value = item.path(field);
      key.append(value.isNumber() ? "%09d".formatted(value.asLong()) : value.asString())
          .append(' ');
    }
    return key.toString();
  }

  private List<JsonNode> pages(String path, int limit) {
    var at = path.replace("JOB", "" + JOB).replace("RUN", "" + run);
    var all = new ArrayList<JsonNode>();
    var cursor = "";
    while (true) {
      var page =
          page("%s%slimit=%d&cursor=%s".formatted(at, at.contains("?") ? "&" : "?", limit, cursor));
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      page.path("items").forEach(all::add);
      if (!page.path("next").isString()) return all;
      cursor = page.path("next").asString();
    }
  }

  private JsonNode page(String path) {
    var reply = api("GET", path, "");
    assertThat(reply.status()).as(path + " " + reply.json()).isEqualTo(200);
    return reply.json();
  }

  private void insert(String sql) {
    jdbc.sql(sql).param("job", JOB).param("run", run).param("parts", PARTS).update();
  }
}
