package dev.pulse.etl.platform.live;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;

/**
 * An event as it goes over the wire: written once, whoever receives it.
 *
 * @param jobs whom it concerns; empty = all
 * @param bytes never to be changed
 */
public record LiveEvent(Set<Long> jobs, byte[] bytes) {

  public LiveEvent {
    jobs = Set.copyOf(jobs);
  }

  /**
   * An event.
   *
   * @param json without line breaks
   */
  public static LiveEvent of(String name, Set<Long> jobs, String json) {
    return raw(jobs, "event: %s\ndata: %s\n\n".formatted(name, json));
  }

  /** What clients pass over; it shows them that the stream is alive. */
  static LiveEvent comment(String text) {
    return raw(Set.of(), ": %s\n\n".formatted(text));
  }

  /** How soon a client that was cut off comes again. */
  static LiveEvent retryAfter(int millis) {
    return raw(Set.of(), "retry: %d\n\n".formatted(millis));
  }

  boolean concerns(Set<Long> wanted) {
    return jobs.isEmpty() || wanted.isEmpty() || !Collections.disjoint(jobs, wanted);
  }

  private static LiveEvent raw(Set<Long> jobs, String text) {
    return new LiveEvent(jobs, text.getBytes(StandardCharsets.UTF_8));
  }
}
