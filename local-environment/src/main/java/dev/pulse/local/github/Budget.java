package dev.pulse.local.github;

import java.time.Duration;
import java.time.Instant;

/**
 * One hourly allowance of one token: it starts with the first use and is whole again an hour later.
 */
final class Budget {
  private static final Duration WINDOW = Duration.ofHours(1);

  private final String resource;
  private final int limit;
  private int used;
  private Instant resetsAt = Instant.MIN;

  Budget(String resource, int limit) {
    this.resource = resource;
    this.limit = limit;
  }

  /** How the allowance stands; used may pass the limit when a heavy query was the last one. */
  record Standing(String resource, int limit, int used, Instant resetsAt) {
    int remaining() {
      return Math.max(0, limit - used);
    }
  }

  /** Takes points if any are left; false leaves the allowance untouched. */
  synchronized boolean take(int points, Instant now) {
    renew(now);
    if (used >= limit) {
      return false;
    }
    used += points;
    return true;
  }

  synchronized Standing standing(Instant now) {
    renew(now);
    return new Standing(resource, limit, Math.min(used, limit), resetsAt);
  }

  /** Leaves nothing until the window ends. */
  synchronized void exhaust(Instant now) {
    renew(now);
    used = limit;
  }

  private void renew(Instant now) {
    if (!now.isBefore(resetsAt)) {
      used = 0;
      resetsAt = now.plus(WINDOW);
    }
  }
}
