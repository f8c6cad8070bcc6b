package dev.pulse.etl.runs;

import dev.pulse.etl.platform.database.DatabaseTrouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.quartz.InterruptableJob;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Quartz runs when a schedule fires: it makes the job due and does nothing else. Quartz has
 * moved the schedule to its next time before this begins, so a firing that is not written down is
 * lost: it is tried until it is, and if this node dies meanwhile another one repeats it. A firing
 * that is repeated changes nothing.
 */
class DueJob implements InterruptableJob {

  static final JobKey KEY = JobKey.jobKey("due");

  private static final Logger log = LoggerFactory.getLogger(DueJob.class);
  private static final int SECONDS_BETWEEN_TRIES = 1;

  private final Firings firings;
  private final CountDownLatch interrupted = new CountDownLatch(1);

  DueJob(Firings firings) {
    this.firings = firings;
  }

  /** All schedules share it. */
  static JobDetail detail() {
    return JobBuilder.newJob(DueJob.class)
        .withIdentity(KEY)
        .storeDurably()
        .requestRecovery()
        .build();
  }

  @Override
  public void execute(JobExecutionContext firing) throws JobExecutionException {
    var schedule =
        firing.isRecovering() ? firing.getRecoveringTriggerKey() : firing.getTrigger().getKey();
    long job = Long.parseLong(schedule.getName());
    var at = firing.getScheduledFireTime().toInstant();
    while (true) {
      try {
        firings.fired(job, at);
        return;
      } catch (RuntimeException e) {
        if (DatabaseTrouble.of(e) == DatabaseTrouble.LASTS) throw new JobExecutionException(e);
        log.info("Cannot write down yet that job {} is due: {}", job, e.toString());
        awaitNextTry(e);
      }
    }
  }

  private void awaitNextTry(RuntimeException cause) throws JobExecutionException {
    try {
      if (!interrupted.await(SECONDS_BETWEEN_TRIES, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new JobExecutionException("this node shuts down", cause);
  }

  /** This node shuts down, and waits for its jobs. */
  @Override
  public void interrupt() {
    interrupted.countDown();
  }
}
