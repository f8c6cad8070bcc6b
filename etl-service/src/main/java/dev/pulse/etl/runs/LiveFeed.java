package dev.pulse.etl.runs;

import dev.pulse.etl.platform.announcements.Announcements;
import dev.pulse.etl.platform.live.Broadcast;
import dev.pulse.etl.platform.live.Interest;
import dev.pulse.etl.platform.live.LiveEvent;
import dev.pulse.etl.platform.live.LiveSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells everybody who listens to this node what changes in the cluster. One thread looks, when
 * something was announced, when somebody has come, and twice a second while a run is going on; it
 * tells what is not as it was when it looked last. If nobody listens it does not look.
 */
@Component
class LiveFeed implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

  /** What is announced meanwhile is looked at together. */
  private static final Duration REST = Duration.ofMillis(50);

  private static final Duration LONGEST_REST = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** Looking takes no more than a tenth of the time. */
  private static final int REST_PER_LOOK = 9;

  private final Pictures pictures;
  private final Broadcast broadcast;
  private final LiveSettings settings;
  private final JsonMapper json;
  private final Set<Long> followed = ConcurrentHashMap.newKeySet();
  private final Semaphore nudges = new Semaphore(0);
  private final AtomicLong looks = new AtomicLong();
  private Picture told = Picture.NOTHING;
  private volatile boolean running;

  LiveFeed(
      Pictures pictures,
      Broadcast broadcast,
      LiveSettings settings,
      JsonMapper json,
      Announcements announcements) {
    this.pictures = pictures;
    this.broadcast = broadcast;
    this.settings = settings;
    this.json = json;
    announcements
        .on("jobs", new Ear(any -> {}))
        .on("runs", new Ear(this::follow))
        .on("orchestrator", new Ear(any -> {}));
  }

  private final class Ear implements Announcements.Listener {

    private final LongConsumer changed;

    Ear(LongConsumer changed) {
      this.changed = changed;
    }

    @Override
    public void heard(String payload) {
      if (broadcast.size() == 0) return;
      changed.accept(Long.parseLong(payload));
      look();
    }

    @Override
    public void hearing() {
      look();
    }
  }

  /** It may have ended before anybody looked, and its end is told. */
  private void follow(long run) {
    followed.add(run);
  }

  /** How often it has looked since this node began. */
  long looks() {
    return looks.get();
  }

  /** Looks now, or as soon as it has rested. */
  void look() {
    nudges.release();
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("live-feed").start(this::tell);
  }

  @Override
  public void stop() {
    running = false;
    look();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void tell() {
    try {
      while (running) {
        awaitNext();
        if (running) Thread.sleep(lookAndRest());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitNext() throws InterruptedException {
    if (told.moves()) {
      var _ = nudges.tryAcquire(settings.tick().toMillis(), TimeUnit.MILLISECONDS);
    } else {
      nudges.acquire();
    }
    nudges.drainPermits();
  }

  /** Says for how long nothing is to be looked at now. */
  private Duration lookAndRest() {
    long begun = System.nanoTime();
    try {
      lookAndTell();
    } catch (RuntimeException | Error e) { // whatever it was: nobody else tells anything here
      log.warn("Cannot tell how jobs stand, will look again: {}", e.toString());
      look();
      return AFTER_FAILURE;
    }
    var rest = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST_PER_LOOK);
    if (rest.compareTo(REST) < 0) return REST;
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  private void lookAndTell() {
    if (broadcast.size() == 0) {
      told = Picture.NOTHING;
      followed.clear();
      return;
    }
    looks.incrementAndGet();
    told.runs().forEach(each -> followed.add(each.run().id()));
    var wanted = Set.copyOf(followed);
    var now = pictures.now(wanted);
    for (var change : now.since(told)) broadcast.publish(who -> event(change, who));
    followed.removeAll(wanted);
    told = now.withoutEnded();
    if (broadcast.hasNewcomers()) broadcast.welcome(this::snapshot);
  }

  private Optional<LiveEvent> event(Change change, Interest who) {
    var seen = who.restricted() ? change.seenBy(who.jobs()) : Optional.of(change);
    return seen.map(it -> LiveEvent.of(it.event(), it.concerned(), json.writeValueAsString(it)));
  }

  private LiveEvent snapshot(Interest who) {
    return LiveEvent.of("snapshot", Set.of(), json.writeValueAsString(told.of(who)));
  }
}
