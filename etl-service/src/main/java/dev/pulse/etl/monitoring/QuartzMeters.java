package dev.pulse.etl.monitoring;

import dev.pulse.etl.platform.meters.Measure;
import dev.pulse.etl.platform.meters.Meters;
import java.util.concurrent.atomic.AtomicInteger;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.listeners.TriggerListenerSupport;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.stereotype.Component;

/** Counts what Quartz does on this node. */
@Component
class QuartzMeters extends TriggerListenerSupport implements SchedulerFactoryBeanCustomizer {

  private final Meters meters;
  private final AtomicInteger executing = new AtomicInteger();

  QuartzMeters(Meters meters) {
    this.meters = meters;
    meters.watch(Measure.QUARTZ_EXECUTING, executing::get);
  }

  @Override
  public void customize(SchedulerFactoryBean scheduler) {
    scheduler.setGlobalTriggerListeners(this);
  }

  @Override
  public String getName() {
    return "meters";
  }

  @Override
  public void triggerFired(Trigger trigger, JobExecutionContext firing) {
    executing.incrementAndGet();
  }

  @Override
  public void triggerComplete(
      Trigger trigger, JobExecutionContext firing, CompletedExecutionInstruction instruction) {
    executing.decrementAndGet();
  }

  @Override
  public void triggerMisfired(Trigger trigger) {
    meters.count(Measure.QUARTZ_MISFIRES, 1);
  }
}
