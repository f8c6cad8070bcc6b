package dev.pulse.etl.runs;

import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.runs.Schedule.Cron;
import dev.pulse.etl.runs.Schedule.Every;
import dev.pulse.etl.runs.Schedule.Misfire;
import dev.pulse.model.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How all jobs keep up. Asks no scheduler, so that one which has stopped is noticed too. */
@Service
public class JobsHealth {

  private final JdbcClient jdbc;
  private final Orchestrator orchestrator;

  JobsHealth(JdbcClient jdbc, Orchestrator orchestrator) {
    this.jdbc = jdbc;
    this.orchestrator = orchestrator;
  }

  @Transactional(readOnly = true)
  public List<JobHealth> all() {
    var standard = orchestrator.now().settings().interval();
    return jdbc.sql(
            """
            select j.id, c.name, c.connector, j.state, j.failures, j.error ->> 'message' as error,
              j.interval_seconds, j.cron, j.zone,
              coalesce(j.last_success, c.created_at) as since, clock_timestamp() as now
            from job j
            join connection c on c.id = j.id
            order by j.id
            """)
        .query((row, n) -> health(row, standard))
        .list();
  }

  private static JobHealth health(ResultSet row, Duration standard) throws SQLException {
    var state = JobState.valueOf(row.getString("state"));
    var since = row.getTimestamp("since").toInstant();
    var now = row.getTimestamp("now").toInstant();
    return new JobHealth(
        row.getLong("id"),
        row.getString("name"),
        row.getString("connector"),
        state,
        row.getInt("failures"),
        row.getString("error"),
        Duration.between(since, now),
        state == JobState.PAUSED ? 0 : missed(row, standard, since, now));
  }

  private static int missed(ResultSet row, Duration standard, Instant since, Instant now)
      throws SQLException {
    try {
      return (int)
          schedule(row, standard).next(since, JobHealth.MOST).stream()
              .filter(planned -> planned.isBefore(now))
              .count();
    } catch (Problem e) {
      return 0; // a cron expression whose last time has passed
    }
  }

  private static Schedule schedule(ResultSet row, Duration standard) throws SQLException {
    var cron = row.getString("cron");
    if (cron != null) return Cron.of(cron, row.getString("zone"), Misfire.once);
    var own = row.getObject("interval_seconds", Long.class);
    return new Every(own == null ? standard : Duration.ofSeconds(own), Misfire.once);
  }
}
