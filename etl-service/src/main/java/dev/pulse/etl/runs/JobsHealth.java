package dev.pulse.etl.runs;

import dev.pulse.etl.platform.access.Visible;
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

/**
 * How the jobs that whoever asks may see keep up. Asks no scheduler, so that one which has stopped
 * is noticed too.
 */
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
    var all = orchestrator.now();
    return jdbc.sql(
            """
            select j.id, c.name, c.connector, j.state, j.failures, j.error ->> 'message' as error,
              j.interval_seconds, j.cron, j.zone,
              coalesce(j.last_success, c.created_at) as since, clock_timestamp() as now,
              greatest(coalesce(j.last_success, c.created_at), j.resumed_at, j.schedule_changed_at, o.resumed_at)
                as expected_since
            from job j
            join connection c on c.id = j.id
            cross join orchestrator o
            where (:visible::bigint[] is null or j.id = any(:visible))
            order by j.id
            """)
        .param("visible", Visible.now().ids())
        .query((row, n) -> health(row, all))
        .list();
  }

  private static JobHealth health(ResultSet row, Orchestrator.Now all) throws SQLException {
    var state = JobState.valueOf(row.getString("state"));
    var since = row.getTimestamp("since").toInstant();
    var now = row.getTimestamp("now").toInstant();
    var missed =
        state == JobState.PAUSED || all.paused() ? List.<Instant>of() : missed(row, all, now);
    return new JobHealth(
        row.getLong("id"),
        row.getString("name"),
        row.getString("connector"),
        state,
        row.getInt("failures"),
        row.getString("error"),
        Duration.between(since, now),
        missed.size(),
        missed.isEmpty() ? null : missed.getFirst());
  }

  /** Times at which nothing could have begun are not missed: in a pause, or in the maintenance. */
  private static List<Instant> missed(ResultSet row, Orchestrator.Now all, Instant now)
      throws SQLException {
    var since = row.getTimestamp("expected_since").toInstant();
    try {
      return schedule(row, all.settings().interval()).next(since, JobHealth.MOST).stream()
          .filter(planned -> planned.isBefore(now))
          .toList();
    } catch (Problem e) {
      return List.of(); // a cron expression whose last time has passed
    }
  }

  private static Schedule schedule(ResultSet row, Duration standard) throws SQLException {
    var cron = row.getString("cron");
    if (cron != null) return Cron.of(cron, row.getString("zone"), Misfire.once);
    var own = row.getObject("interval_seconds", Long.class);
    return new Every(own == null ? standard : Duration.ofSeconds(own), Misfire.once);
  }
}
