package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StopSignal;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for due jobs and lost runs at every tick, claims what it may, and keeps the leases of its
 * runs alive. The tick is this node's own timer: Quartz would let a tick of a crashed node rest
 * until it notices the crash.
 */
@Component
@EnableConfigurationProperties(RunSettings.class)
class Dispatcher implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(3);

  /** Unlike any other process, past or future: a restarted node is somebody else. */
  private final String owner =
      ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();

  private final Claims claims;
  private final Worker worker;
  private final RunSettings settings;
  private final Map<Long, Active> active = new ConcurrentHashMap<>();
  private final Semaphore nudges = new Semaphore(0);
  private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private @Nullable ScheduledFuture<?> renewing;
  private volatile boolean running;

  Dispatcher(Claims claims, Worker worker, RunSettings settings) {
    this.claims = claims;
    this.worker = worker;
    this.settings = settings;
  }

  private record Active(Claim claim, StopSignal stop, Thread thread) {}

  /** Looks at once instead of at the next tick. */
  void nudge() {
    nudges.release();
  }

  /**
   * Ends a run of this node.
   *
   * @param now interrupts requests under way instead of letting the page end
   * @return false if this node does not run it
   */
  boolean stop(long runId, String reason, boolean now) {
    var run = active.get(runId);
    if (run == null) return false;
    run.stop.stop(reason);
    if (now) run.thread.interrupt();
    return true;
  }

  @Override
  public void start() {
    running = true;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());
    var beat = settings.lease().dividedBy(3).toMillis();
    renewing = timer.scheduleWithFixedDelay(this::renew, beat, beat, TimeUnit.MILLISECONDS);
    Thread.ofVirtual().name("dispatcher").start(this::look);
  }

  @Override
  public void stop() {
    running = false;
    nudge();
    active.values().forEach(run -> run.stop.stop(Worker.SHUTDOWN));
    try {
      for (var run : active.values()) {
        if (run.thread.join(SHUTDOWN_PATIENCE)) continue;
        run.thread.interrupt();
        run.thread.join(SHUTDOWN_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (renewing != null) renewing.cancel(false);
    timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void look() {
    while (running) {
      try {
        while (running) {
          var claim = claims.next(owner);
          if (claim.isEmpty()) break;
          begin(claim.get());
        }
      } catch (RuntimeException | Error e) { // whatever it was: nobody else looks on this node
        log.warn("Could not look for due jobs, will look again: {}", e.toString());
      }
      try {
        if (nudges.tryAcquire(settings.tick().toMillis(), TimeUnit.MILLISECONDS)) {
          nudges.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void begin(Claim claim) {
    var stop = new StopSignal();
    var run = new Active(claim, stop, Thread.ofVirtual().unstarted(() -> work(claim, stop)));
    var before = active.put(claim.runId(), run);
    if (before != null) end(before); // our own lease had run out
    run.thread.start();
    if (!running) stop.stop(Worker.SHUTDOWN);
  }

  /** Whoever lost a run asks the source nothing more. */
  private static void end(Active lost) {
    lost.stop.stop(Worker.LOST);
    lost.thread.interrupt();
  }

  private void work(Claim claim, StopSignal stop) {
    try {
      worker.work(claim, stop);
    } finally {
      active.computeIfPresent(claim.runId(), (id, run) -> run.claim.equals(claim) ? null : run);
      nudge();
    }
  }

  private void renew() {
    for (var run : active.values()) {
      try {
        if (!claims.renew(run.claim)) {
          log.warn("Run {} is somebody else's now", run.claim.runId());
          end(run);
        }
      } catch (RuntimeException e) {
        log.warn("Could not renew the lease of run {}: {}", run.claim.runId(), e.toString());
      }
    }
  }
}
