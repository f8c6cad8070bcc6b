package dev.pulse.etl.connectors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a stream does when a partition of it is to be read again from a time. */
public sealed interface Rewind {

  /**
   * Its next walk begins there, or earlier.
   *
   * @param watermark what changed at or after it is read again; null = all
   * @param mark with which the next plan compares what the probe says; it must find something new
   */
  record To(@Nullable Instant watermark, @Nullable String mark) implements Rewind {

    /** All of it is read again. */
    public static final To BEGINNING = new To(null, null);

    /** No further than it has come: what was not read so far is not skipped. */
    public static To atMost(@Nullable Instant reached, Instant to) {
      return new To(reached == null || reached.isBefore(to) ? reached : to, null);
    }
  }

  /**
   * It cannot be: it reads the same in each of its walks.
   *
   * @param instead what it reads, and when, for people: the rest of a sentence that begins with its
   *     name
   */
  record Not(String instead) implements Rewind {}
}
