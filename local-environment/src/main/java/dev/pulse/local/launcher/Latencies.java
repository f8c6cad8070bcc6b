package dev.pulse.local.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long the same thing took, again and again. */
final class Latencies {

  private final List<Duration> taken = new ArrayList<>();

  void add(Duration once) {
    taken.add(once);
  }

  void addAll(Latencies others) {
    taken.addAll(others.taken);
  }

  int count() {
    return taken.size();
  }

  /**
   * The shortest time that so many of a hundred did not exceed: one that was measured, nothing in
   * between.
   *
   * @param percent 1–100
   * @throws IllegalStateException if nothing was measured
   */
  Duration percentile(int percent) {
    if (taken.isEmpty()) throw new IllegalStateException("nothing was measured");
    taken.sort(null);
    return taken.get((int) Math.ceil(percent / 100.0 * taken.size()) - 1);
  }

  /** The same in milliseconds, to the hundredth. */
  double percentileMillis(int percent) {
    return Math.round(percentile(percent).toNanos() / 10_000.0) / 100.0;
  }

  ObjectNode figures() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("p50_ms", percentile(50).toMillis())
        .put("p95_ms", percentile(95).toMillis())
        .put("n", count());
  }
}
