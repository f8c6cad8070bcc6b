package dev.pulse.etl.runs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.database.DatabaseTrouble;
import dev.pulse.etl.runs.RunLogLines.Line;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps what is logged of runs: every line at INFO or graver with the id of a run. A thread of its
 * own stores them, so no page waits for its log; what comes faster than it can be stored is
 * counted, and the run's log says how much it was.
 */
@Component
@EnableConfigurationProperties(RunLogSettings.class)
class RunLog implements SmartLifecycle {

  /** What the lines of a run have in common, for whoever logs one. */
  static final String RUN = "run";

  /** Under this key a line may say of what kind it is. */
  static final String CODE = "code";

  private static final org.slf4j.Logger log = LoggerFactory.getLogger(RunLog.class);
  private static final int AT_ONCE = 500;
  private static final int LONGEST_MESSAGE = 4_000;
  private static final Duration LULL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(3);

  private final RunLogLines lines;
  private final String node;
  private final Clock clock;
  private final BlockingQueue<Line> waiting;
  private final Map<Long, Long> lost = new ConcurrentHashMap<>();
  private final Ear ear = new Ear();
  private volatile @Nullable Thread writer;

  RunLog(
      RunLogLines lines,
      RunLogSettings settings,
      @Value("${pulse.node}") String node,
      Clock clock) {
    this.lines = lines;
    this.node = node;
    this.clock = clock;
    this.waiting = new ArrayBlockingQueue<>(settings.queue());
  }

  @Override
  public void start() {
    var begun = Thread.ofVirtual().name("run-log").unstarted(this::write);
    writer = begun; // before it looks whether it is still wanted
    begun.start();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ear.setContext(root.getLoggerContext());
    ear.start();
    root.addAppender(ear);
  }

  /** Stores what is waiting, if the database is there. */
  @Override
  public void stop() {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(ear);
    ear.stop();
    var ending = writer;
    writer = null;
    if (ending == null) return;
    try {
      ending.join(SHUTDOWN_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return writer != null;
  }

  /** It hears the last word of all that is stopped before. */
  @Override
  public int getPhase() {
    return 0;
  }

  /** Takes what is logged of runs; never waits, never throws. */
  private final class Ear extends UnsynchronizedAppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (!event.getLevel().isGreaterOrEqual(Level.INFO)) return;
      var ids = event.getMDCPropertyMap();
      var run = ids.get(RUN);
      if (run == null) return;
      var line =
          new Line(
              Long.parseLong(run),
              ids.get("stream"),
              event.getInstant(),
              org.slf4j.event.Level.valueOf(event.getLevel().toString()),
              code(event),
              message(event),
              1);
      if (!waiting.offer(line)) lost.merge(line.run(), 1L, Long::sum);
    }
  }

  private static @Nullable String code(ILoggingEvent event) {
    var pairs = event.getKeyValuePairs();
    if (pairs == null) return null;
    return pairs.stream()
        .filter(pair -> pair.key.equals(CODE))
        .map(pair -> String.valueOf(pair.value))
        .findFirst()
        .orElse(null);
  }

  /** One line: the trace of a failure is in the node's files. */
  private static String message(ILoggingEvent event) {
    var message = event.getFormattedMessage();
    var failure = event.getThrowableProxy();
    if (failure != null) {
      message += ": " + failure.getClassName() + ": " + failure.getMessage();
    }
    message = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    return StorableText.of(message.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip());
  }

  private void write() {
    var batch = new ArrayList<Line>();
    try {
      while (writer != null || !waiting.isEmpty() || !lost.isEmpty()) {
        var first = waiting.poll(LULL.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) batch.add(first);
        waiting.drainTo(batch, AT_ONCE - batch.size());
        tellWhatIsLost(batch);
        if (!batch.isEmpty()) store(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellWhatIsLost(List<Line> batch) {
    for (var run : List.copyOf(lost.keySet())) {
      var count = lost.remove(run);
      if (count == null) continue;
      batch.add(
          new Line(
              run,
              null,
              clock.instant(),
              org.slf4j.event.Level.WARN,
              "NOT_KEPT",
              "More was logged than could be stored; it is in the files of node " + node,
              count));
    }
  }

  /** While the database is away, lines wait; once this node ends they are given up. */
  private void store(List<Line> batch) throws InterruptedException {
    while (true) {
      try {
        lines.add(node, batch);
        return;
      } catch (RuntimeException e) {
        boolean worthWaiting = DatabaseTrouble.of(e) != DatabaseTrouble.LASTS && writer != null;
        if (!worthWaiting) {
          log.warn("{} lines of the logs of runs are not kept: {}", batch.size(), e.toString());
          return;
        }
      }
      Thread.sleep(PATIENCE);
    }
  }

  /** What this thread logs until it is closed is of a run, whatever it is about otherwise. */
  static Scope of(long run) {
    var outer = MDC.get(RUN);
    MDC.put(RUN, Long.toString(run));
    return () -> {
      if (outer == null) MDC.remove(RUN);
      else MDC.put(RUN, outer);
    };
  }

  interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
