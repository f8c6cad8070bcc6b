package dev.pulse.etl.runs;

import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.RunState;
import dev.pulse.model.WaitReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Runs, past and present. */
@Service
class Runs {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Runs(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A run.
   *
   * @param waitsFor what a waiting run waits for; null = for its turn
   * @param resumesAt when a waiting run goes on by itself; null = when what it waits for has ended
   * @param wish what is asked of a run that is going on, and not done yet
   * @param attempts how often it was claimed: 1, and one more for every resume
   */
  record RunView(
      long id,
      long jobId,
      RunState state,
      @Nullable String reason,
      @Nullable WaitReason waitsFor,
      @Nullable Instant resumesAt,
      @Nullable Wish wish,
      Instant startedAt,
      @Nullable Instant endedAt,
      boolean forced,
      int attempts,
      Outcome.@Nullable Failure error)
      implements Numbered {}

  @Transactional(readOnly = true)
  public Listed<RunView> list(@Nullable Long job, Keyset<Numbered> page) {
    var runs =
        page.in(
                jdbc.sql(
                    """
                    select id, job_id, state, reason, waits_for, resumes_at, wish, started_at, ended_at, forced,
                      attempts, error
                    from run
                    where (:job::bigint is null or job_id = :job)
                      and (:visible::bigint[] is null or job_id = any(:visible))
                    """
                        + page.sql()))
            .param("job", job)
            .param("visible", Visible.now().ids())
            .query((row, n) -> run(row))
            .list();
    return page.page(runs);
  }

  @Transactional(readOnly = true)
  public RunView require(long id) {
    return jdbc.sql(
            """
            select id, job_id, state, reason, waits_for, resumes_at, wish, started_at, ended_at, forced,
              attempts, error
            from run
            where id = :id and (:visible::bigint[] is null or job_id = any(:visible))
            """)
        .param("id", id)
        .param("visible", Visible.now().ids())
        .query((row, n) -> run(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("run", id));
  }

  /**
   * Runs that have not ended.
   *
   * @param others ids of runs that are wanted even if they have ended
   */
  @Transactional(readOnly = true)
  public List<RunView> open(Collection<Long> others) {
    return jdbc.sql(
            """
            select id, job_id, state, reason, waits_for, resumes_at, wish, started_at, ended_at, forced,
              attempts, error
            from run
            where state in ('RUNNING', 'WAITING') or id = any (?)
            order by id
            """)
        .param(others.toArray(Long[]::new))
        .query((row, n) -> run(row))
        .list();
  }

  private RunView run(ResultSet row) throws SQLException {
    var error = row.getString("error");
    var waitsFor = row.getString("waits_for");
    var wish = row.getString("wish");
    return new RunView(
        row.getLong("id"),
        row.getLong("job_id"),
        RunState.valueOf(row.getString("state")),
        row.getString("reason"),
        waitsFor == null ? null : WaitReason.valueOf(waitsFor),
        instant(row, "resumes_at"),
        wish == null ? null : Wish.valueOf(wish),
        row.getTimestamp("started_at").toInstant(),
        instant(row, "ended_at"),
        row.getBoolean("forced"),
        row.getInt("attempts"),
        error == null ? null : json.readValue(error, Outcome.Failure.class));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
