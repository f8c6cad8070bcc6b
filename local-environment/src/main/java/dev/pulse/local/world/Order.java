package dev.pulse.local.world;

import java.time.Instant;
import java.util.Comparator;

/** A place in a list ordered by time, ties by id. */
public record Order(Instant at, long id) implements Comparable<Order> {

  private static final Comparator<Order> NATURAL =
      Comparator.comparing(Order::at).thenComparingLong(Order::id);

  @Override
  public int compareTo(Order other) {
    return NATURAL.compare(this, other);
  }
}
