package dev.pulse.etl.runs;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** What Quartz runs when a schedule fires: it makes the job due and does nothing else. */
@DisallowConcurrentExecution
class DueJob implements Job {

  private final Firings firings;

  DueJob(Firings firings) {
    this.firings = firings;
  }

  @Override
  public void execute(JobExecutionContext firing) {
    firings.fired(
        Long.parseLong(firing.getTrigger().getKey().getName()),
        firing.getScheduledFireTime().toInstant());
  }
}
