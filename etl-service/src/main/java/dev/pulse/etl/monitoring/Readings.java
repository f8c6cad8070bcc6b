package dev.pulse.etl.monitoring;

import dev.pulse.etl.monitoring.Figures.Budget;
import dev.pulse.etl.monitoring.Figures.Owed;
import dev.pulse.etl.monitoring.Figures.SetAside;
import dev.pulse.etl.runs.JobsHealth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the figures of the cluster. */
@Service
class Readings {

  private final JdbcClient jdbc;
  private final JobsHealth jobs;

  Readings(JdbcClient jdbc, JobsHealth jobs) {
    this.jdbc = jdbc;
    this.jobs = jobs;
  }

  @Transactional(readOnly = true)
  public Figures read() {
    return new Figures(jobs.all(), runs(), budgets(), quarantine(), owed());
  }

  private Map<String, Long> runs() {
    var counts = new HashMap<>(Map.of("running", 0L, "waiting", 0L));
    jdbc.sql(
            """
            select lower(state) as state, count(*) as runs
            from run
            where state in ('RUNNING', 'WAITING')
            group by state
            """)
        .query(
            row -> {
              counts.put(row.getString("state"), row.getLong("runs"));
            });
    return counts;
  }

  /** Those used lately; where the window has ended, all of the allowance is there again. */
  private List<Budget> budgets() {
    return jdbc.sql(
            """
            select budget_key, resource,
              case
                when blocked_until > clock_timestamp() then 0
                when resets_at > clock_timestamp() then greatest(0, remaining::float8 / allowance)
                else 1
              end as share,
              case
                when blocked_until > clock_timestamp() then blocked_until
                when resets_at > clock_timestamp() then resets_at
              end as until
            from rate_budget
            where updated_at > clock_timestamp() - interval '1 day'
              and (allowance > 0 or blocked_until > clock_timestamp())
            order by budget_key, resource
            """)
        .query(
            (row, n) -> {
              var until = row.getTimestamp("until");
              return new Budget(
                  row.getString("budget_key"),
                  row.getString("resource"),
                  row.getDouble("share"),
                  until == null ? null : until.toInstant());
            })
        .list();
  }

  private List<SetAside> quarantine() {
    return jdbc.sql(
            """
            select q.connection_id, c.name, c.connector, q.stream, count(*) as records,
              count(*) filter (where q.first_seen > clock_timestamp() - interval '1 hour') as last_hour
            from quarantine q
            join connection c on c.id = q.connection_id
            group by q.connection_id, c.name, c.connector, q.stream
            order by q.connection_id, q.stream
            """)
        .query(
            (row, n) ->
                new SetAside(
                    row.getLong("connection_id"),
                    row.getString("name"),
                    row.getString("connector"),
                    row.getString("stream"),
                    row.getLong("records"),
                    row.getLong("last_hour")))
        .list();
  }

  private List<Owed> owed() {
    return jdbc.sql(
            """
            select c.connector, o.stream, count(*) as parents
            from owed o
            join connection c on c.id = o.connection_id
            group by c.connector, o.stream
            order by c.connector, o.stream
            """)
        .query(
            (row, n) ->
                new Owed(
                    row.getString("connector"), row.getString("stream"), row.getLong("parents")))
        .list();
  }
}
