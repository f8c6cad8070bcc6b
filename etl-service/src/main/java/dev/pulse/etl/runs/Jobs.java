package dev.pulse.etl.runs;

import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The jobs, as an operator sees and steers them. */
@Service
class Jobs {

  private static final String STATUS =
      """
      select j.id, c.name, c.connector, j.state, j.reason, j.last_success, j.error, j.run_id,
        coalesce(j.next_due_at, to_timestamp(t.next_fire_time / 1000.0)) as next_due_at,
        (select coalesce(sum(s.live), 0) from stored_rows s where s.connection_id = j.id) as rows
      from job j
      join connection c on c.id = j.id
      left join qrtz_triggers t on t.trigger_name = j.id::text
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Jobs(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A job at a glance.
   *
   * @param rows live rows stored for the connection
   * @param runId its latest run
   */
  record JobStatus(
      long id,
      String name,
      String connector,
      JobState state,
      @Nullable String reason,
      long rows,
      @Nullable Instant lastSuccess,
      @Nullable Instant nextDueAt,
      Outcome.@Nullable Failure error,
      @Nullable Long runId) {}

  @Transactional(readOnly = true)
  public List<JobStatus> all() {
    return jdbc.sql(STATUS + " order by j.id").query((row, n) -> status(row)).list();
  }

  @Transactional(readOnly = true)
  public JobStatus require(long id) {
    return jdbc.sql(STATUS + " where j.id = ?")
        .param(id)
        .query((row, n) -> status(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("job", id));
  }

  /** Makes a job due now, before all that are due by themselves. */
  @Transactional
  public void start(long id) {
    var job = require(id);
    if (job.state() == JobState.RUNNING) {
      throw Problem.conflict(
          "RUN_ALREADY_ACTIVE",
          "A run is already going",
          "Run %d of job %d is going on.".formatted(job.runId(), id),
          "Open it, or stop it first.");
    }
    if (job.state() == JobState.PAUSED) {
      throw Problem.conflict(
          "JOB_PAUSED", "The job is paused", "Job %d is paused.".formatted(id), "Resume it first.");
    }
    jdbc.sql(
            """
            update job
               set state = 'PENDING', reason = 'Started by an operator', forced = true,
                   next_due_at = clock_timestamp(), version = version + 1
             where id = ? and state not in ('RUNNING', 'PAUSED')
            """)
        .param(id)
        .update();
  }

  /**
   * Ends the run of a job that is not being worked on right now: one that waits, or a start that
   * nobody has claimed.
   *
   * @return false if somebody has claimed it just now
   */
  @Transactional
  public boolean stopIdle(long id, String reason) {
    var state =
        jdbc.sql("select state from job where id = ? for update") // as a claim does, and first
            .param(id)
            .query(String.class)
            .single();
    if (!state.equals(JobState.PENDING.name())) return false;
    jdbc.sql(
            """
            update run
               set state = 'STOPPED', reason = :reason, ended_at = clock_timestamp(), version = version + 1
             where job_id = :job and state = 'WAITING'
            """)
        .param("reason", reason)
        .param("job", id)
        .update();
    jdbc.sql(
            """
            update job
               set state = case when last_success is null then 'NOT_STARTED' else 'FINISHED' end,
                   reason = :reason, next_due_at = null, forced = false, version = version + 1
             where id = :job and state = 'PENDING'
            """)
        .param("reason", reason)
        .param("job", id)
        .update();
    return true;
  }

  Optional<Long> runningRun(long id) {
    return jdbc.sql("select id from run where job_id = ? and state = 'RUNNING'")
        .param(id)
        .query(Long.class)
        .optional();
  }

  private JobStatus status(ResultSet row) throws SQLException {
    var error = row.getString("error");
    return new JobStatus(
        row.getLong("id"),
        row.getString("name"),
        row.getString("connector"),
        JobState.valueOf(row.getString("state")),
        row.getString("reason"),
        row.getLong("rows"),
        instant(row.getTimestamp("last_success")),
        instant(row.getTimestamp("next_due_at")),
        error == null ? null : json.readValue(error, Outcome.Failure.class),
        row.getObject("run_id", Long.class));
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
