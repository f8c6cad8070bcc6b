package dev.pulse.etl.runs;

import java.time.ZoneOffset;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What Quartz runs when a schedule fires: it makes the job due and does nothing else. A firing that
 * is repeated, as after a failover, changes nothing.
 */
@DisallowConcurrentExecution
class DueJob implements Job {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  DueJob(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void execute(JobExecutionContext firing) {
    long job = Long.parseLong(firing.getTrigger().getKey().getName());
    var fired = firing.getScheduledFireTime().toInstant().atOffset(ZoneOffset.UTC);
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  """
                  insert into run_request (job_id, fire_time)
                  values (?, ?)
                  on conflict do nothing
                  """)
              .params(job, fired)
              .update();
          jdbc.sql(
                  """
                  update job
                     set next_due_at = least(next_due_at, ?),
                         state = case when state in ('FINISHED', 'NOT_STARTED') then 'PENDING' else state end,
                         version = version + 1
                   where id = ? and state not in ('RUNNING', 'PAUSED')
                  """)
              .params(fired, job)
              .update();
        });
  }
}
