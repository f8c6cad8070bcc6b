package dev.pulse.etl.runs;

import dev.pulse.etl.runs.Outcome.Failed;
import dev.pulse.etl.runs.Outcome.Failure;
import dev.pulse.etl.runs.Outcome.Finished;
import dev.pulse.etl.runs.Outcome.Lost;
import dev.pulse.etl.runs.Outcome.Released;
import dev.pulse.etl.runs.Outcome.Stopped;
import dev.pulse.etl.runs.Outcome.Waiting;
import dev.pulse.model.FailureCategory;
import dev.pulse.model.RunState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes down how work on a run ended, if the run is still this node's. */
@Component
class Endings {

  private final JdbcClient jdbc;
  private final RunEvents events;
  private final RunSettings settings;
  private final JsonMapper json;

  Endings(JdbcClient jdbc, RunEvents events, RunSettings settings, JsonMapper json) {
    this.jdbc = jdbc;
    this.events = events;
    this.settings = settings;
    this.json = json;
  }

  /** Does nothing if the run has been taken over. */
  @Transactional
  public void write(Claim claim, Outcome outcome) {
    if (!stillOurs(claim)) return;
    switch (outcome) {
      case Finished _ -> finish(claim);
      case Stopped stopped -> stop(claim, stopped.reason());
      case Waiting waiting -> wait(claim, waiting);
      case Failed failed -> fail(claim, failed.failure());
      case Released _ -> giveUp(claim);
      case Lost _ -> {}
    }
  }

  private boolean stillOurs(Claim claim) {
    return jdbc.sql("select 1 from run_lease where run_id = ? and token = ? for update")
        .params(claim.runId(), claim.fence().token())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private void finish(Claim claim) {
    end(claim, RunState.FINISHED, null, null);
    jdbc.sql(
            """
            update job
               set state = 'FINISHED', reason = null, error = null, failures = 0, last_success = clock_timestamp(),
                   next_due_at = null, version = version + 1
             where id = ?
            """)
        .param(claim.jobId())
        .update();
    events.append(claim.runId(), "FINISHED", "Finished");
  }

  private void stop(Claim claim, String reason) {
    end(claim, RunState.STOPPED, reason, null);
    jdbc.sql(
            """
            update job
               set state = case when last_success is null then 'NOT_STARTED' else 'FINISHED' end,
                   reason = :reason, next_due_at = null, version = version + 1
             where id = :job
            """)
        .param("reason", reason)
        .param("job", claim.jobId())
        .update();
    events.append(claim.runId(), "STOPPED", "Stopped: " + reason + ". Its checkpoints are kept");
  }

  private void wait(Claim claim, Waiting waiting) {
    jdbc.sql(
            """
            update run
               set state = 'WAITING', reason = :reason, resumes_at = :until, version = version + 1
             where id = :run and state = 'RUNNING'
            """)
        .param("reason", waiting.reason())
        .param("until", utc(waiting.until()))
        .param("run", claim.runId())
        .update();
    jdbc.sql(
            """
            update job
               set state = 'PENDING', reason = :reason, next_due_at = :until, version = version + 1
             where id = :job
            """)
        .param("reason", waiting.reason())
        .param("until", utc(waiting.until()))
        .param("job", claim.jobId())
        .update();
    expire(claim);
    events.append(
        claim.runId(), "WAITING", "Waits until " + waiting.until() + ": " + waiting.reason());
  }

  /** What trying again can mend is tried again soon, a few times; then at the normal interval. */
  private void fail(Claim claim, Failure failure) {
    end(claim, RunState.FAILED, failure.message(), failure);
    jdbc.sql(
            """
            update job
               set state = 'FAILED', reason = :reason, error = :error::jsonb, failures = failures + 1,
                   next_due_at = case
                     when :again and failures < :retries
                     then clock_timestamp() + :after * interval '1 millisecond'
                   end,
                   version = version + 1
             where id = :job
            """)
        .param("reason", failure.message())
        .param("error", json.writeValueAsString(failure))
        .param("again", failure.category() != FailureCategory.CONFIGURATION)
        .param("retries", settings.retries())
        .param("after", settings.retryAfter().toMillis())
        .param("job", claim.jobId())
        .update();
    events.append(claim.runId(), "FAILED", failure.message() + ". " + failure.remedy());
  }

  private void end(Claim claim, RunState state, @Nullable String reason, @Nullable Failure error) {
    jdbc.sql(
            """
            update run
               set state = :state, reason = :reason, error = :error::jsonb, ended_at = clock_timestamp(),
                   version = version + 1
             where id = :run and state = 'RUNNING'
            """)
        .param("state", state.name())
        .param("reason", reason)
        .param("error", error == null ? null : json.writeValueAsString(error))
        .param("run", claim.runId())
        .update();
    jdbc.sql("delete from run_lease where run_id = ?").param(claim.runId()).update();
  }

  private void giveUp(Claim claim) {
    expire(claim);
    jdbc.sql("update run_lease set owner = '' where run_id = ?").param(claim.runId()).update();
  }

  private void expire(Claim claim) {
    jdbc.sql("update run_lease set expires = clock_timestamp() where run_id = ?")
        .param(claim.runId())
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
