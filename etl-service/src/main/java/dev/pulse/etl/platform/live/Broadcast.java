package dev.pulse.etl.platform.live;

import dev.pulse.etl.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Everybody who listens to this node. A subscriber hears of nothing until it has been welcomed;
 * from then on it hears of everything, or is dropped. Ends all streams before the web server waits
 * for requests to end.
 */
@Component
@EnableConfigurationProperties(LiveSettings.class)
public class Broadcast implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Broadcast.class);
  private static final LiveEvent HEARTBEAT = LiveEvent.comment("still here");
  private static final LiveEvent BEGIN = LiveEvent.retryAfter(2_000);

  private final LiveSettings settings;
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean running;

  Broadcast(LiveSettings settings) {
    this.settings = settings;
  }

  /**
   * Turns a request into a stream of events. To be called on the request's thread.
   *
   * @throws Problem 503 if this node serves no more subscribers
   */
  public void join(HttpServletRequest request, HttpServletResponse response, Interest interest)
      throws IOException {
    if (!running || subscribers.size() >= settings.subscribers()) throw full();
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    var context = request.startAsync();
    context.setTimeout(0);
    var subscriber = new Subscriber(context, interest, settings.backlog(), this::gone);
    subscribers.add(subscriber);
    subscriber.send(BEGIN);
    subscriber.begin();
    if (!running) subscriber.end("this node is shutting down");
  }

  public int size() {
    return subscribers.size();
  }

  /** Whether somebody has come who does not know yet how things stand. */
  public boolean hasNewcomers() {
    return subscribers.stream().anyMatch(each -> !each.isWelcome());
  }

  /**
   * Tells those who have come how things stand. What is published before is not told to them; what
   * is published later is.
   *
   * @param snapshot called once for those who want the same
   */
  public void welcome(Function<Interest, LiveEvent> snapshot) {
    var made = new HashMap<Interest, LiveEvent>();
    for (var each : subscribers) {
      if (!each.isWelcome()) each.welcome(made.computeIfAbsent(each.interest(), snapshot));
    }
  }

  /** Returns at once, whatever the subscribers do. */
  public void publish(LiveEvent event) {
    publish(_ -> Optional.of(event));
  }

  /**
   * The same of something that not everybody is told alike.
   *
   * @param event empty = nothing is told. Called once for all who may see everything, and once for
   *     those others who want the same
   */
  public void publish(Function<Interest, Optional<LiveEvent>> event) {
    var made = new HashMap<Interest, Optional<LiveEvent>>();
    for (var each : subscribers) {
      if (!each.isWelcome()) continue;
      var who = each.interest().restricted() ? each.interest() : Interest.EVERYTHING;
      made.computeIfAbsent(who, event).ifPresent(each::send);
    }
  }

  @Override
  public void start() {
    running = true;
    heart =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("events-heartbeat").factory());
    long beat = settings.heartbeat().toMillis();
    var _ =
        heart.scheduleWithFixedDelay(
            () -> subscribers.forEach(each -> each.send(HEARTBEAT)),
            beat,
            beat,
            TimeUnit.MILLISECONDS);
  }

  /** Before anything else is stopped, which may take its time. */
  @EventListener(ContextClosedEvent.class)
  void end() {
    running = false;
    subscribers.forEach(each -> each.end("this node is shutting down"));
  }

  @Override
  public void stop() {
    end();
    heart.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void gone(Subscriber subscriber, String why) {
    subscribers.remove(subscriber);
    log.debug("A subscriber of events has ended: {}", why);
  }

  private static Problem full() {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "TOO_MANY_SUBSCRIBERS",
        "This node has no place for another subscriber",
        "It serves as many as pulse.events.subscribers says, or it is shutting down.",
        "Try again in a moment.",
        List.of());
  }
}
