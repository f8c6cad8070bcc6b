package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A connection is gone at once, however much is known of it. */
class DeletionTest extends EtlTest {

  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  @Autowired Scheduler scheduler;

  @Test
  void a_long_history_is_removed_in_the_background() throws SQLException {
    long id = connection();
    long run = run(id);
    try (var other = database.getConnection()) {
      other.setAutoCommit(false);
      try (var statement = other.createStatement()) {
        statement.execute("lock table run_log in share mode");
      }

      assertThat(api("DELETE", "connections/" + id, "").status()).isEqualTo(204);

      assertThat(count("run", "job_id", id)).isZero();
      assertThat(count("run_log", "run_id", run)).as("in nobody's way").isEqualTo(1);
      other.rollback();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> isForgotten(id, run));
  }

  @Test
  void what_was_cut_off_goes_on_within_the_hour() throws Exception {
    long id = 700_700;
    long run = run(id);
    jdbc.sql("delete from run where job_id = ?").param(id).update();
    jdbc.sql(
            "insert into checkpoint (connection_id, stream, partition, version) values (?, 's', '',"
                + " 1)")
        .param(id)
        .update();
    jdbc.sql("insert into deleted_connection (connection_id, runs) values (?, array[?::bigint])")
        .params(id, run)
        .update();

    scheduler.triggerJob(JobKey.jobKey("prune"));

    await().atMost(Duration.ofSeconds(30)).until(() -> isForgotten(id, run));
    assertThat(count("checkpoint", "connection_id", id)).isZero();
  }

  private boolean isForgotten(long connection, long run) {
    return count("deleted_connection", "connection_id", connection) == 0
        && count("run_log", "run_id", run) == 0;
  }

  private long connection() {
    long id =
        jdbc.sql(
                """
                insert into connection (connector, name, settings, secrets, scope, network)
                values ('toy', 'long history', '{}', '{}', '{}', '{}')
                returning id
                """)
            .query(Long.class)
            .single();
    jdbc.sql("insert into job (id) values (?)").param(id).update();
    return id;
  }

  private long run(long job) {
    long run =
        jdbc.sql(
                "insert into run (job_id, state, ended_at) values (?, 'FINISHED',"
                    + " clock_timestamp()) returning id")
            .param(job)
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into run_log (run_id, connection_id, node, at, level, message)"
                + " values (?, ?, 'n', clock_timestamp(), 'INFO', 'long ago')")
        .params(run, job)
        .update();
    return run;
  }

  private long count(String table, String column, long id) {
    return jdbc.sql("select count(*) from %s where %s = ?".formatted(table, column))
        .param(id)
        .query(Long.class)
        .single();
  }
}
