package dev.pulse.etl.monitoring;

import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.runs.JobHealth;
import dev.pulse.etl.runs.JobsHealth;
import dev.pulse.model.Attention;
import dev.pulse.model.Attention.Kind;
import dev.pulse.model.Attention.Page;
import dev.pulse.model.Attention.Severity;
import dev.pulse.model.Attention.Target;
import dev.pulse.model.FailureCategory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Jobs that failed, are late, or wait. To be called in a transaction. */
@Component
class JobTroubles {

  private final JdbcClient jdbc;
  private final JobsHealth health;

  JobTroubles(JdbcClient jdbc, JobsHealth health) {
    this.jdbc = jdbc;
    this.health = health;
  }

  List<Attention> all() {
    var failed = failed();
    var told = failed.stream().map(Attention::connectionId).collect(Collectors.toSet());
    return Stream.of(paused(), failed, late(told), waiting()).flatMap(List::stream).toList();
  }

  private List<Attention> paused() {
    return jdbc.sql("select reason, since from orchestrator where state = 'PAUSED'")
        .query(
            (row, n) ->
                new Attention(
                    Kind.ORCHESTRATOR_PAUSED,
                    Severity.WARNING,
                    "All jobs are paused",
                    row.getString("reason"),
                    "Resume when the maintenance is over; what was held goes on by itself.",
                    new Target(Page.ORCHESTRATOR, ""),
                    null,
                    instant(row, "since"),
                    null,
                    null))
        .list();
  }

  /** Since the first failure after the last success, as far back as runs are kept. */
  private List<Attention> failed() {
    return jdbc.sql(
            """
            select j.id, c.name, j.run_id, j.failures, j.next_due_at, j.error ->> 'category' as category,
              j.error ->> 'message' as message, j.error ->> 'remedy' as remedy,
              (select min(r.ended_at)
               from run r
               where r.job_id = j.id and r.state = 'FAILED' and r.id > coalesce(
                 (select max(f.id) from run f where f.job_id = j.id and f.state = 'FINISHED'), 0)) as since
            from job j
            join connection c on c.id = j.id
            where j.failures > 0 and j.error is not null
              and (:visible::bigint[] is null or j.id = any(:visible))
            order by j.id
            """)
        .param("visible", Visible.now().ids())
        .query((row, n) -> failed(row))
        .list();
  }

  /** What trying again may mend is only worth a look; what does not mend itself is an error. */
  private static Attention failed(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    int failures = row.getInt("failures");
    var again = instant(row, "next_due_at");
    var category = FailureCategory.valueOf(row.getString("category"));
    boolean passes =
        again != null
            && (category == FailureCategory.SOURCE || category == FailureCategory.CAPACITY);
    long run = row.getLong("run_id");
    return new Attention(
        Kind.JOB_FAILED,
        passes ? Severity.WARNING : Severity.ERROR,
        row.getString("name")
            + (failures == 1 ? " failed" : " failed %d times in a row".formatted(failures)),
        row.getString("message"),
        row.getString("remedy"),
        run == 0 ? Target.of(Page.JOB, id) : Target.of(Page.RUN, run),
        id,
        instant(row, "since"),
        again,
        null);
  }

  /** Whoever reads that a job failed knows that it is late. */
  private List<Attention> late(Set<Long> failed) {
    return health.all().stream()
        .filter(job -> job.isLate() && !failed.contains(job.id()))
        .map(JobTroubles::late)
        .toList();
  }

  private static Attention late(JobHealth job) {
    var times = job.missed() == JobHealth.MOST ? job.missed() + " or more" : "" + job.missed();
    return new Attention(
        Kind.JOB_LATE,
        Severity.WARNING,
        job.name() + " is late",
        "No success for %s: %s planned times have passed".formatted(words(job.lag()), times),
        "Open the job: it says what it waits for.",
        Target.of(Page.JOB, job.id()),
        job.id(),
        job.missedSince(),
        null,
        null);
  }

  /** Runs that have given their place up, and those of which every open part waits. */
  private List<Attention> waiting() {
    return jdbc.sql(
            """
            select j.id, c.name, r.id as run_id, r.reason, r.resumes_at as until,
              (select max(e.happened_at) from run_event e where e.run_id = r.id and e.kind = 'WAITING') as since
            from run r
            join job j on j.run_id = r.id
            join connection c on c.id = j.id
            where r.state = 'WAITING' and r.waits_for = 'SOURCE'
              and (:visible::bigint[] is null or j.id = any(:visible))
            union all
            select j.id, c.name, r.id, (array_agg(w.reason order by w.until_at))[1], min(w.until_at), null
            from run r
            join job j on j.run_id = r.id
            join connection c on c.id = j.id
            join run_lease l on l.run_id = r.id
            join run_wait w on w.run_id = r.id and w.token = l.token and w.until_at > clock_timestamp()
            where r.state = 'RUNNING'
              and (:visible::bigint[] is null or j.id = any(:visible))
              and not exists (
                select
                from run_stream s
                where s.run_id = r.id and s.ended_at is null and not exists (
                  select
                  from run_wait o
                  where (o.run_id, o.stream, o.partition, o.token) = (r.id, s.stream, s.partition, l.token)
                    and o.until_at > clock_timestamp()))
            group by j.id, c.name, r.id
            order by 1
            """)
        .param("visible", Visible.now().ids())
        .query(
            (row, n) ->
                new Attention(
                    Kind.SOURCE_WAIT,
                    Severity.INFO,
                    row.getString("name") + " waits for its source",
                    row.getString("reason"),
                    "Nothing is to do: it goes on by itself.",
                    Target.of(Page.RUN, row.getLong("run_id")),
                    row.getLong("id"),
                    instant(row, "since"),
                    instant(row, "until"),
                    null))
        .list();
  }

  static String words(Duration time) {
    if (time.toHours() >= 48) return time.toDays() + " days";
    return time.toMinutes() >= 120 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
