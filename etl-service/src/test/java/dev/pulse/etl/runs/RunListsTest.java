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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Long lists are read to their end, page by page, each entry once. */
class RunListsTest extends EtlTest {

  private static final long JOB = 700_001;

  @Autowired JdbcClient jdbc;

  @BeforeEach
  void a_job() {
    StoredJob.insert(jdbc, JOB, "run lists");
  }

  @AfterEach
  void no_job() {
    StoredJob.delete(jdbc, JOB);
  }

  @Test
  void errors_that_come_after_a_thousand_other_events_are_found() {
    long run = runs(1).getFirst();
    events(run, "RESUMED", 1_200);
    events(run, "UNREADABLE", 130);
    events(run, "RESUMED", 70);
    events(run, "FAILED", 1);

    var all = pages("runs/%d/errors".formatted(run), 60);

    assertThat(all).hasSize(131).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void all_runs_of_a_job_are_found_the_latest_first() {
    var runs = runs(130);

    var all = pages("jobs/%d/runs".formatted(JOB), 60);

    assertThat(all).containsExactlyElementsOf(runs.reversed());
  }

  @ParameterizedTest
  @CsvSource({
    "cursor=yesterday,cursor",
    "cursor=-1,cursor",
    "limit=201,limit",
    "limit=0,limit",
    "limit=many,limit"
  })
  void a_bad_cursor_or_limit_is_refused_by_name(String query, String field) {
    long run = runs(1).getFirst();

    for (var path : List.of("runs/" + run + "/errors", "jobs/" + JOB + "/runs")) {
      var reply = api("GET", path + "?" + query, "");

      assertThat(reply.status()).as(path).isEqualTo(400);
      assertThat(reply.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    }
  }

  private List<Long> pages(String path, int limit) {
    var ids = new ArrayList<Long>();
    JsonNode page = api("GET", path + "?limit=" + limit, "").json();
    while (true) {
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      for (var item : page.path("items")) ids.add(item.path("id").asLong());
      if (!page.path("next").isString()) return ids;
      var next = page.path("next").asString();
      page = api("GET", "%s?limit=%d&cursor=%s".formatted(path, limit, next), "").json();
    }
  }

  private List<Long> runs(int count) {
    return jdbc.sql(
            """
            insert into run (job_id, state)
            select ?, 'FINISHED' from generate_series(1, ?)
            returning id
            """)
        .params(JOB, count)
        .query(Long.class)
        .list();
  }

  private void events(long run, String kind, int count) {
    jdbc.sql(
            """
            insert into run_event (run_id, kind, message)
            select ?, ?, 'event ' || n from generate_series(1, ?) as n
            """)
        .params(run, kind, count)
        .update();
  }
}
