package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.runs.Wish.Mode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The only writer of what is wished of runs that are going on. Their nodes hear of it when the
 * transaction has ended. To be called in a transaction that has locked the job, or all jobs.
 */
@Component
class RunWishes {

  private static final String[] RANKS =
      Arrays.stream(Wish.values()).map(Enum::name).toArray(String[]::new);

  private final JdbcClient jdbc;
  private final RunEvents events;

  RunWishes(JdbcClient jdbc, RunEvents events) {
    this.jdbc = jdbc;
    this.events = events;
  }

  /**
   * Asks something of a run.
   *
   * @return false if it is not going on, or something is asked of it that goes before
   */
  boolean wish(long run, Wish wish, Mode mode, String reason) {
    return !wish("id = :id", wish, mode, reason, run).isEmpty();
  }

  /** Asks all runs but the one of {@code job} to hold. */
  void wishOfAllBut(long job, Wish wish, Mode mode, String reason) {
    wish("job_id <> :id", wish, mode, reason, job);
  }

  private List<Long> wish(String which, Wish wish, Mode mode, String reason, long id) {
    var asked =
        jdbc.sql(
                """
                update run
                   set wish = :wish, wish_reason = :reason, version = version + 1,
                       stop_mode = case when stop_mode = 'now' then 'now' else :mode end
                 where state = 'RUNNING'
                   and (wish is null or array_position(:ranks, wish) <= array_position(:ranks, :wish))
                   and %s
                returning id
                """
                    .formatted(which))
            .param("wish", wish.name())
            .param("mode", mode.name())
            .param("reason", StorableText.of(reason))
            .param("ranks", RANKS)
            .param("id", id)
            .query(Long.class)
            .list();
    asked.forEach(
        run -> events.append(run, "ASKED", "Asked to %s: %s".formatted(verb(wish), reason)));
    return asked;
  }

  /** A run of which something else is wished from now on; null = nothing. */
  private record Withdrawn(long run, @Nullable Wish left, @Nullable String leftReason) {}

  /**
   * What was wished is not wished any more. A run that has not stopped yet goes on, unless the
   * maintenance or an activated job asks it to hold; one that lets runs finish does not.
   *
   * @param job null = of all jobs
   */
  void withdraw(@Nullable Long job, Wish wish, String reason) {
    jdbc.sql(
            """
            update run
               set wish = other.wish, wish_reason = other.reason, version = version + 1,
                   stop_mode = other.mode
              from (
                select r.id, o.state as maintenance,
                  case when o.state is not null then 'MAINTENANCE' when a.id is not null then 'ACTIVATION' end as wish,
                  case when o.state is not null then o.reason else a.activated_reason end as reason,
                  case when o.state is not null then coalesce(o.mode, 'page')
                    when a.id is not null then coalesce(a.activated_mode, 'page') end as mode
                from run r
                left join orchestrator o on o.state = 'PAUSED' and o.mode is distinct from 'finish'
                left join job a on a.activated and a.id <> r.job_id and a.activated_mode is distinct from 'finish'
              ) as other
             where other.id = run.id and run.state = 'RUNNING' and run.wish = :wish
               and (:job::bigint is null or run.job_id = :job)
            returning run.id, run.wish, run.wish_reason
            """)
        .param("wish", wish.name())
        .param("job", job)
        .query(
            (row, n) ->
                new Withdrawn(
                    row.getLong("id"),
                    row.getString("wish") == null ? null : Wish.valueOf(row.getString("wish")),
                    row.getString("wish_reason")))
        .list()
        .forEach(each -> tell(each, wish, reason));
  }

  private void tell(Withdrawn withdrawn, Wish wish, String reason) {
    var left =
        withdrawn.left == null
            ? ""
            : "; still asked to %s: %s".formatted(verb(withdrawn.left), withdrawn.leftReason);
    events.append(
        withdrawn.run,
        "WITHDRAWN",
        "Not asked to %s any more: %s%s".formatted(verb(wish), reason, left));
  }

  private static String verb(Wish wish) {
    return switch (wish) {
      case STOP -> "end";
      case PAUSE -> "pause";
      case MAINTENANCE, ACTIVATION -> "hold";
    };
  }
}
