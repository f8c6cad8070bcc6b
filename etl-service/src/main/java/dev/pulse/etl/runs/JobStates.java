package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.runs.Wish.Mode;
import dev.pulse.model.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The only writer of the state of jobs. Each transition is one conditional update that allows
 * exactly the states before that {@link JobState} allows. To be called in a transaction; rows are
 * locked in the order job, lease, run, so that nobody waits in a circle.
 */
@Component
class JobStates {

  /** Nothing goes on, and nothing holds it back. */
  private static final String[] IDLE = {"NOT_STARTED", "FINISHED", "FAILED"};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  JobStates(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * How a job stands, for as long as the transaction lasts.
   *
   * @param runId its latest run
   * @param failures in a row
   * @param failed whether its last run that ended by itself failed
   * @param succeeded whether a run of it ever ended well
   */
  record Locked(
      long id,
      JobState state,
      @Nullable String reason,
      @Nullable Instant nextDueAt,
      @Nullable Long runId,
      int failures,
      boolean failed,
      boolean succeeded,
      boolean forced,
      boolean activated) {

    /** Where a job rests whose run was stopped. */
    JobState rest() {
      return succeeded ? JobState.FINISHED : JobState.NOT_STARTED;
    }
  }

  /** Keeps everybody else from changing a job until the transaction ends. */
  Optional<Locked> lock(long job) {
    return jdbc.sql(
            """
            select id, state, reason, next_due_at, run_id, failures, error is not null as failed,
              last_success is not null as succeeded, forced, activated
            from job
            where id = ?
            for update
            """)
        .param(job)
        .query(
            (row, n) ->
                new Locked(
                    row.getLong("id"),
                    JobState.valueOf(row.getString("state")),
                    row.getString("reason"),
                    row.getTimestamp("next_due_at") == null
                        ? null
                        : row.getTimestamp("next_due_at").toInstant(),
                    row.getObject("run_id", Long.class),
                    row.getInt("failures"),
                    row.getBoolean("failed"),
                    row.getBoolean("succeeded"),
                    row.getBoolean("forced"),
                    row.getBoolean("activated")))
        .optional();
  }

  Locked requireLocked(long job) {
    return lock(job).orElseThrow(() -> Problem.notFound("job", job));
  }

  /** Makes a job due now, from any state in which nothing is going on. */
  void due(Locked job, String reason, boolean forced) {
    var set =
        """
        reason = :reason, next_due_at = least(next_due_at, clock_timestamp()), forced = forced or :forced,
        resumed_at = case state when 'PAUSED' then clock_timestamp() else resumed_at end\
        """;
    var update =
        job.state() == JobState.PENDING
            ? stay(job.id(), JobState.PENDING, set)
            : move(job.id(), JobState.PENDING, set);
    done(update.param("reason", StorableText.of(reason)).param("forced", forced), job.id());
  }

  /**
   * All others wait until it has ended, and none of them is the activated one any more.
   *
   * @param mode how soon runs that are going on hold
   */
  void activate(long job, Mode mode, String reason) {
    jdbc.sql("update job set activated = false, version = version + 1 where activated and id <> ?")
        .param(job)
        .update();
    jdbc.sql(
            """
            update job
               set activated = true, activated_mode = :mode, activated_reason = :reason, version = version + 1
             where id = :job
            """)
        .param("mode", mode.name())
        .param("reason", StorableText.of(reason))
        .param("job", job)
        .update();
  }

  /** Makes every job due in which nothing is going on and which is not paused. */
  int allDue(String reason) {
    return jdbc.sql(
            """
            update job
               set state = 'PENDING', reason = :reason, next_due_at = clock_timestamp(), version = version + 1
             where state = any(:from)
            """)
        .param("reason", StorableText.of(reason))
        .param("from", IDLE)
        .update();
  }

  /** Its schedule says that it is due; one that is due, going on or paused already stays so. */
  void fired(long job, Instant at) {
    jdbc.sql(
            """
            update job
               set state = 'PENDING', reason = 'Due by its schedule', next_due_at = least(next_due_at, :at),
                   version = version + 1
             where id = :job and state = any(:from)
            """)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("job", job)
        .param("from", IDLE)
        .update();
  }

  /** Those whose time has come, such as for another try, are pending from now on. */
  void queueDue() {
    jdbc.sql(
            """
            update job
               set state = 'PENDING', reason = case state when 'FAILED' then 'Tries again' else reason end,
                   version = version + 1
             where id in (
               select id
               from job
               where next_due_at <= clock_timestamp() and state = any(:from)
               for update skip locked)
            """)
        .param("from", IDLE)
        .update();
  }

  /** One that is forced stays so until its run has ended, however often that waits meanwhile. */
  void begin(long job, long run) {
    done(
        move(job, JobState.RUNNING, "reason = null, next_due_at = null, run_id = :run")
            .param("run", run),
        job);
  }

  /**
   * Its run ended well.
   *
   * @param pauseReason why an operator has asked for a pause meanwhile; null = nobody has
   * @param readUpTo when the part of it was read that was read first, if that is so long ago that
   *     it is due again at once; null = it is not
   */
  void finished(long job, @Nullable String pauseReason, @Nullable Instant readUpTo) {
    done(
        move(
                job,
                pauseReason == null ? JobState.FINISHED : JobState.PAUSED,
                """
                reason = :reason, error = null, failures = 0, forced = false, activated = false,
                last_success = coalesce(:readUpTo::timestamptz, clock_timestamp()),
                next_due_at = case when :again then clock_timestamp() end\
                """)
            .param("reason", pauseReason == null ? null : StorableText.of(pauseReason))
            .param("readUpTo", readUpTo == null ? null : readUpTo.atOffset(ZoneOffset.UTC))
            .param("again", readUpTo != null && pauseReason == null),
        job);
  }

  /** Its run failed; it is tried again after {@code again}, or when it is due anyway. */
  void failed(long job, Outcome.Failure failure, @Nullable Duration again, boolean paused) {
    done(
        move(
                job,
                paused ? JobState.PAUSED : JobState.FAILED,
                """
                reason = :reason, error = :error::jsonb, failures = failures + 1, forced = false, activated = false,
                next_due_at = clock_timestamp() + :again::bigint * interval '1 millisecond'\
                """)
            .param("reason", failure.message())
            .param("error", json.writeValueAsString(failure))
            .param("again", again == null || paused ? null : again.toMillis()),
        job);
  }

  /** Its run waits: its turn comes when that resumes, or else when whatever holds it has ended. */
  void waits(long job, String reason) {
    done(
        move(
                job,
                JobState.PENDING,
                """
                reason = :reason,
                next_due_at = coalesce(
                  (select resumes_at from run where run.id = job.run_id and run.state = 'WAITING'), clock_timestamp())\
                """)
            .param("reason", StorableText.of(reason)),
        job);
  }

  /** Nothing of it goes on until it is resumed. */
  void paused(long job, String reason) {
    done(
        move(
                job,
                JobState.PAUSED,
                "reason = :reason, next_due_at = null, forced = false, activated = false")
            .param("reason", StorableText.of(reason)),
        job);
  }

  /** Its run was stopped: how the one before ended is past. */
  void stopped(Locked job, String reason) {
    rests(job, job.rest(), "error = null, ", reason);
  }

  /** It was due and shall not be. */
  void takenBack(Locked job, String reason) {
    rests(job, job.failed() ? JobState.FAILED : job.rest(), "", reason);
  }

  private void rests(Locked job, JobState state, String also, String reason) {
    done(
        move(
                job.id(),
                state,
                also + "reason = :reason, next_due_at = null, forced = false, activated = false")
            .param("reason", StorableText.of(reason)),
        job.id());
  }

  private JdbcClient.StatementSpec move(long job, JobState to, String set) {
    return update(job, to, set)
        .param("from", to.predecessors().stream().map(Enum::name).toArray(String[]::new));
  }

  /** Changes something else than the state. */
  private JdbcClient.StatementSpec stay(long job, JobState state, String set) {
    return update(job, state, set).param("from", new String[] {state.name()});
  }

  private JdbcClient.StatementSpec update(long job, JobState to, String set) {
    return jdbc.sql(
            """
            update job
               set state = :to, version = version + 1, %s
             where id = :job and state = any(:from)
            """
                .formatted(set))
        .param("to", to.name())
        .param("job", job);
  }

  private static void done(JdbcClient.StatementSpec update, long job) {
    if (update.update() == 0) {
      throw Problem.conflict(
          "CHANGED_MEANWHILE",
          "Somebody else has changed it",
          "Job %d is in another state by now.".formatted(job),
          "Look at it again.");
    }
  }
}
