package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of runs is kept for as long as is set. */
class PruningTest extends EtlTest {

  private static final long JOB = 700_401;
  private static final long RARE = 700_402;

  @Autowired Pruning pruning;
  @Autowired JdbcClient jdbc;

  @AfterEach
  void forget() {
    jdbc.sql("update orchestrator set keep_runs_days = null").update();
    jdbc.sql("delete from run_event where message = 'pruning'").update();
    jdbc.sql("delete from run_log where message = 'pruning'").update();
    jdbc.sql("delete from run where job_id in (?, ?)").params(JOB, RARE).update();
    jdbc.sql("delete from run_request where job_id = ?").param(JOB).update();
  }

  @Test
  void runs_that_ended_long_ago_go_with_all_that_is_known_of_them() {
    long old = run(JOB, 400, "FAILED");
    long young = run(JOB, 300, "STOPPED");
    long latest = run(JOB, 1, "FINISHED");
    for (long run : List.of(old, young, latest)) known(run);
    request(400);
    request(300);

    assertThat(pruning.prune()).isEqualTo(1);

    assertThat(runs(JOB)).containsExactly(young, latest);
    for (var table : List.of("run_log", "run_event", "run_stream", "run_lease")) {
      assertThat(left(table, old)).as(table).isZero();
      assertThat(left(table, young)).as(table).isEqualTo(1);
    }
    assertThat(
            jdbc.sql("select count(*) from run_request where job_id = ?")
                .param(JOB)
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void how_long_they_are_kept_can_be_set() {
    run(JOB, 11, "FINISHED");
    long latest = run(JOB, 9, "FINISHED");
    api("PUT", "orchestrator/settings", "{\"keepRunsDays\":10}");

    pruning.prune();

    assertThat(runs(JOB)).containsExactly(latest);
  }

  @Test
  void the_latest_run_of_a_job_is_never_forgotten() {
    run(RARE, 900, "FINISHED");
    long latest = run(RARE, 800, "FINISHED");

    pruning.prune();

    assertThat(runs(RARE)).containsExactly(latest);
  }

  @Test
  void thousands_are_forgotten_in_parts() {
    jdbc.sql(
            """
            insert into run (job_id, state, ended_at)
            select ?, 'FINISHED', clock_timestamp() - interval '500 days' from generate_series(1, 1200)
            """)
        .param(JOB)
        .update();
    run(JOB, 1, "FINISHED");

    assertThat(pruning.prune()).isEqualTo(1_200);
  }

  @Test
  void it_is_done_every_hour() {
    await()
        .until(
            () ->
                jdbc.sql("select count(*) from qrtz_triggers where trigger_name = 'prune'")
                        .query(Long.class)
                        .single()
                    == 1);
  }

  private long run(long job, int daysAgo, String state) {
    return jdbc.sql(
            """
            insert into run (job_id, state, ended_at)
            values (?, ?, clock_timestamp() - make_interval(days => ?))
            returning id
            """)
        .params(job, state, daysAgo)
        .query(Long.class)
        .single();
  }

  private void known(long run) {
    jdbc.sql("insert into run_event (run_id, kind, message) values (?, 'STARTED', 'pruning')")
        .param(run)
        .update();
    jdbc.sql(
            "insert into run_log (run_id, connection_id, node, at, level, message)"
                + " values (?, ?, 'n', clock_timestamp(), 'INFO', 'pruning')")
        .params(run, JOB)
        .update();
    jdbc.sql("insert into run_stream (run_id, stream, partition, label) values (?, 's', 'p', 'l')")
        .param(run)
        .update();
    jdbc.sql("insert into run_lease values (?, 'pruning', 1, '-infinity')").param(run).update();
  }

  private void request(int daysAgo) {
    jdbc.sql(
            "insert into run_request (job_id, fire_time)"
                + " values (?, clock_timestamp() - make_interval(days => ?))")
        .params(JOB, daysAgo)
        .update();
  }

  private List<Long> runs(long job) {
    return jdbc.sql("select id from run where job_id = ? order by id")
        .param(job)
        .query(Long.class)
        .list();
  }

  private long left(String table, long run) {
    return jdbc.sql("select count(*) from " + table + " where run_id = ?")
        .param(run)
        .query(Long.class)
        .single();
  }
}
