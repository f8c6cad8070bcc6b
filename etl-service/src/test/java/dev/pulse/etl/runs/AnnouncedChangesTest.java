package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import dev.pulse.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever changes a job, a run or the orchestrator, all nodes hear of it. */
class AnnouncedChangesTest extends EtlTest {

  private static final long JOB = 700_301;

  @Autowired JdbcClient jdbc;
  @Autowired JdbcConnectionDetails database;
  private Connection ear;

  @BeforeEach
  void listen() throws SQLException {
    ear = LocalPostgres.connect(database.getJdbcUrl());
    try (var statement = ear.createStatement()) {
      statement.execute("listen jobs; listen runs; listen orchestrator");
    }
  }

  @AfterEach
  void forget() throws SQLException {
    ear.close();
    jdbc.sql("delete from run_event where run_id in (select id from run where job_id = ?)")
        .param(JOB)
        .update();
    jdbc.sql("delete from run where job_id = ?").param(JOB).update();
    jdbc.sql("delete from job where id = ?").param(JOB).update();
  }

  @Test
  void a_change_of_a_job_is_announced_whoever_makes_it() throws SQLException {
    jdbc.sql("insert into job (id) values (?)").param(JOB).update();
    assertThat(heard()).containsExactly("jobs " + JOB);

    jdbc.sql("update job set reason = 'lunch', version = version + 1 where id = ?")
        .param(JOB)
        .update();
    assertThat(heard()).containsExactly("jobs " + JOB);

    jdbc.sql("delete from job where id = ?").param(JOB).update();
    assertThat(heard()).containsExactly("jobs " + JOB);
  }

  @Test
  void a_change_of_a_run_is_announced() throws SQLException {
    long run = run("RUNNING");
    assertThat(heard()).containsExactly("runs " + run);

    jdbc.sql("update run set state = 'FINISHED' where id = ?").param(run).update();
    assertThat(heard()).containsExactly("runs " + run);
  }

  @Test
  void a_change_of_what_holds_for_all_jobs_is_announced() throws SQLException {
    jdbc.sql("update orchestrator set version = version + 1").update();

    assertThat(heard()).containsExactly("orchestrator 1");
  }

  @Test
  void a_heartbeat_is_not_announced() throws SQLException {
    long run = run("RUNNING");
    jdbc.sql("insert into run_lease values (?, 'test', 1, 'infinity')").param(run).update();
    heard();

    jdbc.sql("update run_lease set expires = clock_timestamp() + '1 day' where run_id = ?")
        .param(run)
        .update();
    jdbc.sql("delete from run_lease where run_id = ?").param(run).update();

    assertThat(heard()).isEmpty();
  }

  @Test
  void how_a_run_ended_and_what_happened_in_it_cannot_be_changed() {
    long run = run("FAILED");
    jdbc.sql("insert into run_event (run_id, kind, message) values (?, 'FAILED', 'no')")
        .param(run)
        .update();

    assertThatThrownBy(
            () -> jdbc.sql("update run set state = 'FINISHED' where id = ?").param(run).update())
        .hasStackTraceContaining("run is history: update refused");
    assertThatThrownBy(
            () ->
                jdbc.sql("update run_event set message = 'yes' where run_id = ?")
                    .param(run)
                    .update())
        .hasStackTraceContaining("run_event is history: update refused");
  }

  @Test
  void what_people_did_can_neither_be_changed_nor_removed() {
    jdbc.sql(
            "insert into audit_event (actor, action, target_kind, target_id)"
                + " values ('local', 'job.start', 'job', '1')")
        .update();

    assertThatThrownBy(() -> jdbc.sql("update audit_event set actor = 'nobody'").update())
        .hasStackTraceContaining("audit_event is history: update refused");
    assertThatThrownBy(() -> jdbc.sql("delete from audit_event").update())
        .hasStackTraceContaining("audit_event is history: delete refused");
  }

  private long run(String state) {
    return jdbc.sql("insert into run (job_id, state) values (?, ?) returning id")
        .params(JOB, state)
        .query(Long.class)
        .single();
  }

  /** What was announced since the last look, but for jobs of others. */
  private List<String> heard() throws SQLException {
    try (var statement = ear.createStatement()) {
      statement.execute("select 1");
    }
    var heard = new ArrayList<String>();
    for (var each : ear.unwrap(PGConnection.class).getNotifications()) {
      heard.add(each.getName() + " " + each.getParameter());
    }
    return heard;
  }
}
