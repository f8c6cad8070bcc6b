package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What holds for all jobs. To be called in a transaction. */
@Component
class Orchestrator {

  static final long LOCK = 0x50756c7365L;

  private final JdbcClient jdbc;
  private final RunSettings configured;

  Orchestrator(JdbcClient jdbc, RunSettings configured) {
    this.jdbc = jdbc;
    this.configured = configured;
  }

  /**
   * How things stand.
   *
   * @param paused maintenance: nothing is claimed
   * @param reason of the pause
   * @param mode how soon runs hold for it
   * @param since when it is paused, or not paused any more
   * @param version moves with each change
   * @param activated the job that all others wait for
   * @param activatedName its connection; null if whoever asks does not see it
   * @param running how many runs are going on
   */
  record Now(
      boolean paused,
      @Nullable String reason,
      Wish.@Nullable Mode mode,
      Instant since,
      Settings settings,
      long version,
      @Nullable Long activated,
      @Nullable String activatedName,
      int running) {}

  /**
   * Lets one transaction of the cluster through at a time: whoever claims, and whoever changes what
   * may be claimed. To be called before any row is locked.
   */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query((row, n) -> n).list();
  }

  Now now() {
    return jdbc.sql(
            """
            select o.state, o.reason, o.mode, o.since, o.version, o.max_active, o.interval_seconds,
              o.retry_after_seconds, o.retries, o.keep_runs_days, l.running, l.activated, c.name
            from orchestrator o
            cross join orchestrator_load l
            left join connection c on c.id = l.activated
            """)
        .query((row, n) -> now(row))
        .single();
  }

  /**
   * Nothing is claimed until it is resumed. If that is so already, it is for this reason from now
   * on.
   *
   * @param mode how soon runs hold
   */
  void pause(Wish.Mode mode, String reason) {
    jdbc.sql(
            """
            update orchestrator
               set state = 'PAUSED', reason = :reason, mode = :mode, version = version + 1,
                   since = case state when 'PAUSED' then since else clock_timestamp() end
             where (state, reason, mode) is distinct from ('PAUSED', :reason, :mode)
            """)
        .param("reason", StorableText.of(reason))
        .param("mode", mode.name())
        .update();
  }

  /** Jobs are claimed again. */
  void resume() {
    jdbc.sql(
            """
            update orchestrator
               set state = 'RUNNING', reason = null, mode = null, since = clock_timestamp(),
                   resumed_at = clock_timestamp(), version = version + 1
             where state = 'PAUSED'
            """)
        .update();
  }

  /**
   * Sets what holds for all jobs.
   *
   * @param seen the version that the change was made from
   * @throws Problem 409 if somebody else has changed something since
   */
  void set(Settings settings, long seen) {
    int set =
        jdbc.sql(
                """
                update orchestrator
                   set max_active = :maxActive, interval_seconds = :interval, retry_after_seconds = :retryAfter,
                       retries = :retries, keep_runs_days = :days, version = version + 1
                 where version = :seen
                """)
            .param("maxActive", settings.maxActive())
            .param("interval", settings.interval().toSeconds())
            .param("retryAfter", settings.retryAfter().toSeconds())
            .param("retries", settings.retries())
            .param("days", settings.keepRunsDays())
            .param("seen", seen)
            .update();
    if (set == 0) {
      throw Problem.conflict(
          "CHANGED_MEANWHILE",
          "Somebody else has changed it",
          "The settings are not at version %d any more.".formatted(seen),
          "Load them again and repeat the change.");
    }
  }

  private Now now(ResultSet row) throws SQLException {
    return new Now(
        row.getString("state").equals("PAUSED"),
        row.getString("reason"),
        row.getString("mode") == null ? null : Wish.Mode.valueOf(row.getString("mode")),
        row.getTimestamp("since").toInstant(),
        new Settings(
            or(row, "max_active", configured.maxActive()),
            seconds(row, "interval_seconds", configured.interval()),
            seconds(row, "retry_after_seconds", configured.retryAfter()),
            or(row, "retries", configured.retries()),
            or(row, "keep_runs_days", configured.keepRunsDays())),
        row.getLong("version"),
        row.getObject("activated", Long.class),
        row.getString("name"),
        row.getInt("running"));
  }

  private static int or(ResultSet row, String column, int standard) throws SQLException {
    var set = row.getObject(column, Integer.class);
    return set == null ? standard : set;
  }

  private static Duration seconds(ResultSet row, String column, Duration standard)
      throws SQLException {
    var set = row.getObject(column, Long.class);
    return set == null ? standard : Duration.ofSeconds(set);
  }
}
