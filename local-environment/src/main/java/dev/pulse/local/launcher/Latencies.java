package dev.pulse.local.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long the same thing took, again and again. */
final class Latencies {

  private final List<Duration> sorted = new ArrayList<>();

  void add(Duration taken) {
    sorted.add(taken);
    sorted.sort(null);
  }

  int count() {
    return sorted.size();
  }

  /**
   * The shortest time that so many of a hundred did not exceed: one that was measured, nothing in
   * between.
   *
   * @param percent 1–100
   * @throws IllegalStateException if nothing was measured
   */
  Duration percentile(int percent) {
    if (sorted.isEmpty()) throw new IllegalStateException("nothing was measured");
    return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
  }

  ObjectNode figures() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("p50_ms", percentile(50).toMillis())
        .put("p95_ms", percentile(95).toMillis())
        .put("n", count());
  }
}
