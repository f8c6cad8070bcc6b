package dev.pulse.etl.runs;

import dev.pulse.etl.platform.announcements.Announcements;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for due jobs and lost runs at every tick and whenever something has changed, claims what it
 * may, keeps the leases of its runs alive, and stops those of which an operator wishes it. The tick
 * is this node's own timer: Quartz would let a tick of a crashed node rest until it notices the
 * crash.
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
  private final Leases leases;
  private final Worker worker;
  private final RunSettings settings;
  private final Map<Long, ActiveRun> active = new ConcurrentHashMap<>();
  private final Semaphore nudges = new Semaphore(0);
  private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private @Nullable ScheduledFuture<?> beating;
  private volatile boolean running;

  Dispatcher(
      Claims claims,
      Leases leases,
      Worker worker,
      RunSettings settings,
      Announcements announcements) {
    this.claims = claims;
    this.leases = leases;
    this.worker = worker;
    this.settings = settings;
    announcements
        .on("jobs", new Ear(this::jobChanged))
        .on("runs", new Ear(this::runChanged))
        .on("orchestrator", new Ear(any -> look()));
  }

  /** What this node is called in the leases of its runs. */
  String owner() {
    return owner;
  }

  /** Hears that something changed, or may have. */
  private final class Ear implements Announcements.Listener {

    private final LongConsumer changed;

    Ear(LongConsumer changed) {
      this.changed = changed;
    }

    @Override
    public void heard(String payload) {
      changed.accept(Long.parseLong(payload));
    }

    @Override
    public void hearing() {
      look();
      active.values().forEach(Dispatcher.this::beatSoon);
    }
  }

  /** A job that is gone takes its run's lease away. */
  private void jobChanged(long job) {
    look();
    active.values().stream().filter(run -> run.claim().jobId() == job).forEach(this::beatSoon);
  }

  private void runChanged(long id) {
    var run = active.get(id);
    if (run != null) beatSoon(run);
  }

  /** Looks at once instead of at the next tick. */
  private void look() {
    nudges.release();
  }

  @Override
  public void start() {
    running = true;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());
    var beat = settings.lease().dividedBy(3).toMillis();
    beating =
        timer.scheduleWithFixedDelay(
            () -> beat(active.values()), beat, beat, TimeUnit.MILLISECONDS);
    Thread.ofVirtual().name("dispatcher").start(this::dispatch);
  }

  @Override
  public void stop() {
    running = false;
    look();
    active.values().forEach(run -> run.stopAfterPage(ActiveRun.SHUTDOWN));
    try {
      var stubborn = joined(active.values());
      stubborn.forEach(run -> run.thread().interrupt());
      var _ = joined(stubborn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (beating != null) beating.cancel(false);
    timer.shutdownNow();
  }

  /** Waits for all of them together; those are left that have not ended then. */
  private static List<ActiveRun> joined(Collection<ActiveRun> runs) throws InterruptedException {
    long deadline = System.nanoTime() + SHUTDOWN_PATIENCE.toNanos();
    var left = new ArrayList<ActiveRun>();
    for (var run : runs) {
      var patience = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      if (!run.thread().join(patience)) left.add(run);
    }
    return left;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void dispatch() {
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
    var run = new ActiveRun(claim, this::work);
    var before = active.put(claim.runId(), run);
    if (before != null) before.stopNow(ActiveRun.LOST); // our own lease had run out
    try {
      run.thread().start();
    } catch (Throwable e) { // nobody works on it: its lease must run out
      active.remove(claim.runId(), run);
      throw e;
    }
    if (!running) run.stopAfterPage(ActiveRun.SHUTDOWN);
    beatSoon(run); // what was wished before this node had it was not heard
  }

  private void work(ActiveRun run) {
    try {
      worker.work(run);
    } finally {
      active.remove(run.claim().runId(), run);
      look();
    }
  }

  private void beatSoon(ActiveRun run) {
    try {
      timer.execute(() -> beat(List.of(run)));
    } catch (RejectedExecutionException e) {
      log.debug("This node is shutting down: {}", e.toString());
    }
  }

  /** All at once: were they renewed one by one, a slow database would cost the last ones theirs. */
  private void beat(Collection<ActiveRun> all) {
    var runs = List.copyOf(all);
    if (runs.isEmpty()) return;
    try {
      var beats = leases.renew(runs.stream().map(run -> run.claim().fence()).toList());
      runs.forEach(run -> beaten(run, beats.get(run.claim().runId())));
    } catch (RuntimeException e) {
      var ids = runs.stream().map(run -> run.claim().runId()).toList();
      log.warn("Could not renew the leases of runs {}: {}", ids, e.toString());
    }
  }

  /** Whoever has lost a run asks the source nothing more. */
  private static void beaten(ActiveRun run, Leases.@Nullable Beat beat) {
    if (beat == null) {
      if (run.ending()) return; // it has just ended here
      log.warn("Run {} is somebody else's now", run.claim().runId());
      run.stopNow(ActiveRun.LOST);
    } else if (beat.mode() == Wish.Mode.now) {
      run.stopNow(ActiveRun.ASKED);
    } else if (beat.mode() != null) {
      run.stopAfterPage(ActiveRun.ASKED);
    }
  }
}
