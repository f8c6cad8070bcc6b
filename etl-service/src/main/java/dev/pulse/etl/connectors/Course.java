package dev.pulse.etl.connectors;

import java.time.Instant;

/**
 * How a walk goes through time, told by when the records that it reads, one after another, last
 * changed.
 *
 * @param first of the record read first
 * @param last of the record read last
 */
public record Course(Instant first, Instant last, Way way) {

  /** What the times did from record to record. */
  public enum Way {
    /** They were all the same. */
    STILL,
    /** They never fell. */
    FORWARD,
    /** They never rose. */
    BACKWARD,
    /** They tell nothing of how far the walk is. */
    MIXED;

    /** What they did over two stretches. */
    public Way and(Way other) {
      if (this == STILL || this == other) return other;
      return other == STILL ? this : MIXED;
    }

    /** What they did from one record to the next. */
    public static Way between(Instant before, Instant after) {
      int rise = after.compareTo(before);
      return rise == 0 ? STILL : rise > 0 ? FORWARD : BACKWARD;
    }
  }

  static Course at(Instant changed) {
    return new Course(changed, changed, Way.STILL);
  }

  Course then(Instant changed) {
    return new Course(first, changed, way.and(Way.between(last, changed)));
  }
}
