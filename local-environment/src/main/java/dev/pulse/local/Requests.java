package dev.pulse.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the sources were asked, by operation. */
public final class Requests {

  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> points = new ConcurrentHashMap<>();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicLong tooEarly = new AtomicLong();
  private volatile long forbiddenFromNanos;
  private volatile long forbiddenUntilNanos;

  /** A request begins; the name of its operation has the source's in front. */
  void begin(String operation) {
    counts.computeIfAbsent(operation, name -> new AtomicLong()).incrementAndGet();
    int parallel = now.incrementAndGet();
    mostAtOnce.accumulateAndGet(parallel, Math::max);
    long time = System.nanoTime();
    if (time > forbiddenFromNanos && time < forbiddenUntilNanos) tooEarly.incrementAndGet();
  }

  void end() {
    now.decrementAndGet();
  }

  /**
   * The caller is about to be told to wait; requests before that is over count as too early, but
   * for those on their way already.
   */
  public void forbidFor(long seconds) {
    forbiddenFromNanos = System.nanoTime() + 500_000_000L;
    forbiddenUntilNanos = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /** Notes what a query cost. */
  public void points(String operation, long cost) {
    points.computeIfAbsent(operation, name -> new AtomicLong()).addAndGet(cost);
  }

  public Map<String, Long> counts() {
    return snapshot(counts);
  }

  public Map<String, Long> points() {
    return snapshot(points);
  }

  public long total() {
    return counts.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** Requests made before a Retry-After was over. */
  public long tooEarly() {
    return tooEarly.get();
  }

  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  public void reset() {
    counts.clear();
    points.clear();
    mostAtOnce.set(0);
    tooEarly.set(0);
    forbiddenUntilNanos = 0;
  }

  private static Map<String, Long> snapshot(Map<String, AtomicLong> from) {
    var copy = new TreeMap<String, Long>();
    from.forEach((name, count) -> copy.put(name, count.get()));
    return copy;
  }
}
