package dev.pulse.etl.monitoring;

import static dev.pulse.etl.monitoring.JobTroubles.instant;

import dev.pulse.etl.monitoring.FreshnessController.ConnectionFreshness;
import dev.pulse.etl.monitoring.FreshnessController.StreamFreshness;
import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.runs.JobHealth;
import dev.pulse.etl.runs.JobsHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** When each connection, and each of its streams, was last read to its end. */
@Service
class Freshness {

  private final JdbcClient jdbc;
  private final JobsHealth health;

  Freshness(JdbcClient jdbc, JobsHealth health) {
    this.jdbc = jdbc;
    this.health = health;
  }

  private record Job(
      long id, @Nullable Long runId, @Nullable Instant lastSuccess, @Nullable Instant nextDueAt) {}

  @Transactional(readOnly = true)
  public List<ConnectionFreshness> all() {
    var jobs = jobs();
    var streams = streams();
    return health.all().stream()
        .flatMap(
            each ->
                Optional.ofNullable(jobs.get(each.id()))
                    .map(job -> view(each, job, streams.getOrDefault(each.id(), List.of())))
                    .stream())
        .toList();
  }

  private static ConnectionFreshness view(
      JobHealth health, Job job, List<StreamFreshness> streams) {
    return new ConnectionFreshness(
        health.id(),
        health.name(),
        health.connector(),
        health.state(),
        job.runId,
        job.lastSuccess,
        health.isLate(),
        health.missed(),
        health.missedSince(),
        job.nextDueAt,
        streams.isEmpty() ? null : streams.getFirst(),
        streams);
  }

  private Map<Long, Job> jobs() {
    var jobs = new HashMap<Long, Job>();
    jdbc.sql(
            """
            select j.id, j.run_id, j.last_success,
              case when j.state <> 'PAUSED'
                then coalesce(j.next_due_at, to_timestamp(t.next_fire_time / 1000.0)) end as next_due_at
            from job j
            left join qrtz_triggers t on t.trigger_name = j.id::text
            where (:visible::bigint[] is null or j.id = any(:visible))
            """)
        .param("visible", Visible.now().ids())
        .query(
            row -> {
              var job =
                  new Job(
                      row.getLong("id"),
                      row.getObject("run_id", Long.class),
                      instant(row, "last_success"),
                      instant(row, "next_due_at"));
              jobs.put(job.id, job);
            });
    return jobs;
  }

  /**
   * The streams of the latest run of each job that has got as far as to plan, and when a run of it
   * had last read them to their end.
   */
  private Map<Long, List<StreamFreshness>> streams() {
    var streams = new HashMap<Long, List<StreamFreshness>>();
    jdbc.sql(
            """
            select j.id, p.stream, p.label, ended.ended_at,
              (select count(*) from unreadable u where u.connection_id = j.id and u.stream = p.stream) as unreadable
            from job j
            join lateral (
              select r.id
              from run r
              where r.job_id = j.id and exists (select from run_plan o where o.run_id = r.id)
              order by r.id desc
              limit 1) as planned on true
            join run_plan p on p.run_id = planned.id and p.stream not like '%@%'
            left join lateral (
              select e.ended_at
              from run r
              join run_plan e on e.run_id = r.id and e.stream = p.stream
              where r.job_id = j.id and e.ended_at is not null
              order by r.id desc
              limit 1) as ended on true
            where (:visible::bigint[] is null or j.id = any(:visible))
            order by j.id, ended.ended_at nulls first, p.stream
            """)
        .param("visible", Visible.now().ids())
        .query(
            row -> {
              streams
                  .computeIfAbsent(row.getLong("id"), key -> new ArrayList<>())
                  .add(
                      new StreamFreshness(
                          row.getString("stream"),
                          row.getString("label"),
                          instant(row, "ended_at"),
                          row.getLong("unreadable")));
            });
    return streams;
  }
}
