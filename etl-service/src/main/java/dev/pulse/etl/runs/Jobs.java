package dev.pulse.etl.runs;

import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The jobs, as an operator sees them: those that whoever asks may see. */
@Service
class Jobs {

  private static final String STATUS =
      """
      select j.id, c.name, c.connector, j.state, j.reason, j.last_success, j.error, j.run_id, j.forced, j.activated,
        case
          when j.state <> 'PAUSED' then coalesce(j.next_due_at, to_timestamp(t.next_fire_time / 1000.0))
        end as next_due_at,
        coalesce(j.next_due_at <= clock_timestamp(), false) as due,
        r.state as run_state, r.wish, r.wish_reason, busy.run_id as busy_run, busy.name as busy_name,
        (select coalesce(sum(s.live), 0) from stored_rows s where s.connection_id = j.id) as rows
      from job j
      join connection c on c.id = j.id
      left join run r on r.id = j.run_id
      left join qrtz_triggers t on t.trigger_name = j.id::text
      left join lateral (
        select h.run_id, case when :visible::bigint[] is null or h.job_id = any(:visible) then hc.name else 'another' end as name
        from budget_holder(case j.state when 'PENDING' then j.budget_keys end) h
        left join connection hc on hc.id = h.job_id) as busy on true
      where (:visible::bigint[] is null or j.id = any(:visible))
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Orchestrator orchestrator;

  Jobs(JdbcClient jdbc, JsonMapper json, Orchestrator orchestrator) {
    this.jdbc = jdbc;
    this.json = json;
    this.orchestrator = orchestrator;
  }

  /**
   * A job at a glance.
   *
   * @param reason why it is in this state; of one that is due: why it is not going on
   * @param rows live rows stored for the connection
   * @param runId its latest run
   * @param wish what is asked of its run and not done yet
   * @param forced it goes before all that are not
   * @param activated all others wait until it has ended
   * @param unfinished its latest run was stopped before its end
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
      @Nullable Long runId,
      @Nullable Wish wish,
      boolean forced,
      boolean activated,
      boolean unfinished) {}

  @Transactional(readOnly = true)
  public List<JobStatus> all() {
    return select(" order by j.id");
  }

  /** Those that wait for their turn or a time, in the order in which they will be claimed. */
  @Transactional(readOnly = true)
  public List<JobStatus> queue() {
    return select(
        """
         and j.state = 'PENDING'
         order by coalesce(j.next_due_at > clock_timestamp(), true), j.activated desc, j.forced desc,
           case when j.next_due_at > clock_timestamp() then j.next_due_at end,
           j.last_success nulls first, j.id
        """);
  }

  /** Those that are going on. */
  @Transactional(readOnly = true)
  public List<JobStatus> running() {
    return select(" and j.state = 'RUNNING' order by j.id");
  }

  @Transactional(readOnly = true)
  public JobStatus require(long id) {
    var now = orchestrator.now();
    return jdbc.sql(STATUS + " and j.id = :id")
        .param("id", id)
        .param("visible", Visible.now().ids())
        .query((row, n) -> status(row, now))
        .optional()
        .orElseThrow(() -> Problem.notFound("job", id));
  }

  private List<JobStatus> select(String which) {
    var now = orchestrator.now();
    return jdbc.sql(STATUS + which)
        .param("visible", Visible.now().ids())
        .query((row, n) -> status(row, now))
        .list();
  }

  private JobStatus status(ResultSet row, Orchestrator.Now now) throws SQLException {
    var error = row.getString("error");
    var wish = row.getString("wish");
    return new JobStatus(
        row.getLong("id"),
        row.getString("name"),
        row.getString("connector"),
        JobState.valueOf(row.getString("state")),
        reason(row, now),
        row.getLong("rows"),
        instant(row.getTimestamp("last_success")),
        instant(row.getTimestamp("next_due_at")),
        error == null ? null : json.readValue(error, Outcome.Failure.class),
        row.getObject("run_id", Long.class),
        wish == null ? null : Wish.valueOf(wish),
        row.getBoolean("forced"),
        row.getBoolean("activated"),
        "STOPPED".equals(row.getString("run_state")));
  }

  private static @Nullable String reason(ResultSet row, Orchestrator.Now now) throws SQLException {
    var reason = row.getString("reason");
    return switch (JobState.valueOf(row.getString("state"))) {
      case PENDING -> row.getBoolean("due") ? whyNotYet(row, now, reason) : reason;
      case RUNNING -> row.getString("wish") == null ? reason : asked(row);
      case NOT_STARTED, PAUSED, FINISHED, FAILED -> reason;
    };
  }

  private static String asked(ResultSet row) throws SQLException {
    var what = Wish.valueOf(row.getString("wish")) == Wish.STOP ? "Is being stopped" : "Is to hold";
    return what + ": " + row.getString("wish_reason");
  }

  /** The same conditions as those of a claim, in words. */
  private static @Nullable String whyNotYet(
      ResultSet row, Orchestrator.Now now, @Nullable String reason) throws SQLException {
    if (now.paused()) return "Waits for the end of the maintenance: " + now.reason();
    if (now.activated() != null && !row.getBoolean("activated")) {
      boolean seen = Visible.now().includes(now.activated());
      return "Waits until %s has ended, which was activated"
          .formatted(seen ? now.activatedName() : "another");
    }
    if (row.getObject("busy_run") != null) {
      return "Waits for run %d of %s: same budget"
          .formatted(row.getLong("busy_run"), row.getString("busy_name"));
    }
    if (now.running() >= now.settings().maxActive()) {
      return "Waits for a free place: %d of %d runs are going on"
          .formatted(now.running(), now.settings().maxActive());
    }
    return reason;
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
