package dev.pulse.etl.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * When something will have been read: not before {@code earliest} and not after {@code latest}, if
 * the source goes on answering as it has so far.
 */
record Eta(Instant earliest, Instant latest) {

  /** Beyond that it is not a prediction any more. */
  private static final Duration FARTHEST = Duration.ofDays(3_650);

  private static final double FASTER = 1.25;
  private static final double SLOWER = 1.5;

  /**
   * From two paces, of the recent past and of the whole run: a quarter faster than the faster one,
   * half slower than the slower one.
   *
   * @param from when reading goes on, or went on last
   * @param left records that are still to be read
   * @param perSecond records a second, measured in two ways
   * @return null if a pace is not known
   */
  static @Nullable Eta of(Instant from, long left, double perSecond, double otherPerSecond) {
    double slow = Math.min(perSecond, otherPerSecond);
    double fast = Math.max(perSecond, otherPerSecond);
    if (!(slow > 0) || left * SLOWER / slow > FARTHEST.toSeconds()) return null;
    return new Eta(after(from, left / (fast * FASTER)), after(from, left * SLOWER / slow));
  }

  /** Nothing ends in the past that has not ended. */
  Eta notBefore(Instant now) {
    return new Eta(later(earliest, now), later(latest, now));
  }

  /** Of parts that may be read side by side or one after another. */
  static @Nullable Eta ofAll(Collection<Eta> parts, Instant now) {
    if (parts.isEmpty()) return null;
    var earliest = now;
    var latest = now;
    for (var part : parts) {
      earliest = later(earliest, part.earliest);
      latest = latest.plus(Duration.between(now, part.latest));
    }
    return new Eta(earliest, latest);
  }

  private static Instant after(Instant from, double seconds) {
    return from.plusMillis((long) (seconds * 1_000));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
