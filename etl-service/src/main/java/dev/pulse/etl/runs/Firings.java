package dev.pulse.etl.runs;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** That schedules fired. */
@Service
class Firings {

  private final JdbcClient jdbc;
  private final JobStates jobs;

  Firings(JdbcClient jdbc, JobStates jobs) {
    this.jdbc = jdbc;
    this.jobs = jobs;
  }

  /** Makes a job due; a firing that is repeated, as after a failover, changes nothing. */
  @Transactional
  public void fired(long job, Instant at) {
    int first =
        jdbc.sql(
                """
                insert into run_request (job_id, fire_time)
                values (?, ?)
                on conflict do nothing
                """)
            .params(job, at.atOffset(ZoneOffset.UTC))
            .update();
    if (first == 1) jobs.fired(job, at);
  }
}
