package dev.pulse.local.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was done to things of one kind after the world was made. */
final class Edits {

  private final Map<Integer, List<Edit>> edits = new ConcurrentHashMap<>();

  /** The oldest first. */
  List<Edit> of(int index) {
    return edits.getOrDefault(index, List.of());
  }

  void add(int index, long serial, Instant at) {
    var all = new ArrayList<>(of(index));
    all.add(new Edit(serial, at, (int) serial));
    edits.put(index, List.copyOf(all));
  }
}
