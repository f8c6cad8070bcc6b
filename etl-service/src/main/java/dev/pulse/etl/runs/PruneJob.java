package dev.pulse.etl.runs;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Prunes, and goes on with deletions that were cut off, once an hour, on one node of the cluster.
 */
@DisallowConcurrentExecution
class PruneJob implements Job {

  private static final JobKey KEY = JobKey.jobKey("prune");

  private final Pruning pruning;
  private final Deletions deletions;

  PruneJob(Pruning pruning, Deletions deletions) {
    this.pruning = pruning;
    this.deletions = deletions;
  }

  @Override
  public void execute(JobExecutionContext firing) {
    pruning.prune();
    deletions.forgetTheRest();
  }

  /** Has it scheduled, once for all nodes. */
  @Component
  static class Scheduled {

    private final Scheduler scheduler;

    Scheduled(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    @EventListener(ApplicationReadyEvent.class)
    void schedule() throws SchedulerException {
      if (scheduler.checkExists(KEY)) return;
      var trigger =
          TriggerBuilder.newTrigger()
              .withIdentity(KEY.getName())
              .withSchedule(
                  SimpleScheduleBuilder.repeatHourlyForever()
                      .withMisfireHandlingInstructionNextWithRemainingCount())
              .build();
      try {
        scheduler.scheduleJob(JobBuilder.newJob(PruneJob.class).withIdentity(KEY).build(), trigger);
      } catch (ObjectAlreadyExistsException e) {
        // another node was faster
      }
    }
  }
}
