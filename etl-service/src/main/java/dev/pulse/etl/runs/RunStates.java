package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.runs.Leases.Lapse;
import dev.pulse.etl.runs.Wish.Mode;
import dev.pulse.model.RunState;
import dev.pulse.model.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The only writer of the state of runs; what is wished of them writes {@link RunWishes}. Each
 * transition is one conditional update that allows exactly the states before that {@link RunState}
 * allows, and appends an event. To be called in a transaction that has locked the job.
 */
@Component
class RunStates {

  private final JdbcClient jdbc;
  private final RunEvents events;
  private final JsonMapper json;

  RunStates(JdbcClient jdbc, RunEvents events, JsonMapper json) {
    this.jdbc = jdbc;
    this.events = events;
    this.json = json;
  }

  /**
   * A run that has not ended.
   *
   * @param waitsFor null = for its turn, or it is going on
   * @param wish null = it shall go on
   * @param wishReason why, in the operator's words
   */
  record Open(
      long id,
      RunState state,
      @Nullable WaitReason waitsFor,
      @Nullable Wish wish,
      @Nullable Mode mode,
      @Nullable String wishReason) {}

  /** The runs of which this is asked, and which have not done it yet. */
  List<Long> asked(Wish wish) {
    return jdbc.sql("select id from run where state = 'RUNNING' and wish = ? order by id")
        .param(wish.name())
        .query(Long.class)
        .list();
  }

  /** The run of a job that has not ended; there is one at the most. */
  Optional<Open> open(long job) {
    return jdbc.sql(
            """
            select id, state, waits_for, wish, stop_mode, wish_reason
            from run
            where job_id = ? and state in ('RUNNING', 'WAITING')
            """)
        .param(job)
        .query(
            (row, n) ->
                new Open(
                    row.getLong("id"),
                    RunState.valueOf(row.getString("state")),
                    row.getString("waits_for") == null
                        ? null
                        : WaitReason.valueOf(row.getString("waits_for")),
                    row.getString("wish") == null ? null : Wish.valueOf(row.getString("wish")),
                    row.getString("stop_mode") == null
                        ? null
                        : Mode.valueOf(row.getString("stop_mode")),
                    row.getString("wish_reason")))
        .optional();
  }

  long begin(long job, boolean forced) {
    long run =
        jdbc.sql("insert into run (job_id, state, forced) values (?, 'RUNNING', ?) returning id")
            .params(job, forced)
            .query(Long.class)
            .single();
    events.append(run, "STARTED", "Started");
    return run;
  }

  void resume(long run) {
    done(
        move(
            run,
            RunState.RUNNING,
            "reason = null, waits_for = null, resumes_at = null, attempts = attempts + 1"),
        run);
    events.append(run, "RESUMED", "Goes on from its checkpoints");
  }

  /**
   * Another node goes on with it.
   *
   * @return how often in a row its node was lost or cut off before a page was stored; empty if it
   *     has ended just now
   */
  Optional<Integer> takenOver(long run, Lapse why) {
    var losses =
        jdbc.sql(
                """
                update run
                   set attempts = attempts + 1, version = version + 1,
                       losses = case
                         when :givenUp then losses
                         when stored.pages > loss_pages then 1
                         else losses + 1
                       end,
                       loss_pages = stored.pages
                  from (select coalesce(sum(pages), 0) as pages from run_stream where run_id = :run) as stored
                 where id = :run and state = 'RUNNING'
                returning losses
                """)
            .param("givenUp", why == Lapse.GIVEN_UP)
            .param("run", run)
            .query(Integer.class)
            .optional();
    if (losses.isPresent()) {
      var node =
          switch (why) {
            case LOST -> "is gone";
            case CUT_OFF -> "was cut off from the database";
            case GIVEN_UP -> "gave it up";
          };
      events.append(
          run, "TAKEN_OVER", "Goes on from its checkpoints: the node that ran it " + node);
    }
    return losses;
  }

  void finish(long run) {
    end(run, RunState.FINISHED, null, null);
    events.append(run, "FINISHED", "Finished");
  }

  void fail(long run, Outcome.Failure failure) {
    end(run, RunState.FAILED, failure.message(), failure);
    events.failed(run, failure);
  }

  void stop(long run, String reason) {
    end(run, RunState.STOPPED, reason, null);
    events.append(run, "STOPPED", "Stopped: " + reason + ". Its checkpoints are kept");
  }

  /**
   * Goes on later, as the same run.
   *
   * @param wait how long until it goes on by itself; null = until what it waits for has ended
   */
  void wait(long run, WaitReason why, @Nullable Duration wait, String reason) {
    done(
        move(
                run,
                RunState.WAITING,
                """
                waits_for = :why, reason = :reason,
                resumes_at = clock_timestamp() + :wait::bigint * interval '1 millisecond',
                wish = null, wish_reason = null, stop_mode = null\
                """)
            .param("why", why.name())
            .param("reason", StorableText.of(reason))
            .param("wait", wait == null ? null : wait.toMillis()),
        run);
    var when = wait == null ? "" : " until " + resumesAt(run);
    events.append(run, "WAITING", "Waits" + when + ": " + reason);
  }

  /**
   * When that part of a run was read to its end which was read first, if the run has waited since
   * and that is longer ago than {@code atMost}. What it has read it does not read again.
   *
   * @return null if it is not
   */
  @Nullable Instant staleSince(long run, Duration atMost) {
    return jdbc.sql(
            """
            select min(s.ended_at)
            from run_stream s
            join run r on r.id = s.run_id
            where r.id = :run and r.attempts > 1
            having min(s.ended_at) < clock_timestamp() - :atMost * interval '1 millisecond'
            """)
        .param("run", run)
        .param("atMost", atMost.toMillis())
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant)
        .orElse(null);
  }

  private Instant resumesAt(long run) {
    return jdbc.sql("select resumes_at from run where id = ?")
        .param(run)
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  /** A run that waits already waits for something else from now on; null = only for its turn. */
  void waitFor(long run, @Nullable WaitReason why, String reason) {
    int changed =
        jdbc.sql(
                """
                update run
                   set waits_for = :why, reason = :reason, resumes_at = null, version = version + 1
                 where id = :run and state = 'WAITING'
                """)
            .param("why", why == null ? null : why.name())
            .param("reason", StorableText.of(reason))
            .param("run", run)
            .update();
    if (changed > 0) {
      var what = why == null ? "only for its turn" : "until it is resumed";
      events.append(run, "WAITS_FOR", "Waits %s: %s".formatted(what, reason));
    }
  }

  /** Runs that waited for something that has ended wait only for their turn. */
  void noneWaitsFor(WaitReason ended, String reason) {
    jdbc.sql(
            """
            update run
               set waits_for = null, reason = null, version = version + 1
             where state = 'WAITING' and waits_for = ?
            returning id
            """)
        .param(ended.name())
        .query(Long.class)
        .list()
        .forEach(run -> events.append(run, "WAITS_FOR", "Waits only for its turn: " + reason));
  }

  private void end(
      long run, RunState state, @Nullable String reason, Outcome.@Nullable Failure failure) {
    done(
        move(
                run,
                state,
                """
                reason = :reason, error = :error::jsonb, ended_at = clock_timestamp(), waits_for = null,
                resumes_at = null, wish = null, wish_reason = null, stop_mode = null\
                """)
            .param("reason", reason == null ? null : StorableText.of(reason))
            .param("error", failure == null ? null : json.writeValueAsString(failure)),
        run);
  }

  private JdbcClient.StatementSpec move(long run, RunState to, String set) {
    return jdbc.sql(
            """
            update run
               set state = :to, version = version + 1, %s
             where id = :run and state = any(:from)
            """
                .formatted(set))
        .param("to", to.name())
        .param("run", run)
        .param("from", to.predecessors().stream().map(Enum::name).toArray(String[]::new));
  }

  /** Whoever calls has locked the job, and so nobody can have been faster. */
  private static void done(JdbcClient.StatementSpec update, long run) {
    if (update.update() == 0)
      throw new IllegalStateException("run " + run + " is in another state");
  }
}
