package dev.pulse.local.aha;

import dev.pulse.local.Exchange;
import java.time.Duration;
import java.time.Instant;

/** How many requests the account answers in a while; all who ask share them. */
final class Allowance {

  private final int requests;
  private final Duration window;
  private Instant endsAt = Instant.MIN;
  private int used;

  Allowance(int requests, Duration window) {
    if (requests < 1 || window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("not an allowance");
    }
    this.requests = requests;
    this.window = window;
  }

  /** Counts a request and writes the headers that tell how things stand; false if it is refused. */
  synchronized boolean take(Exchange exchange, Instant now) {
    if (!now.isBefore(endsAt)) {
      endsAt = now.plus(window);
      used = 0;
    }
    used++;
    exchange
        .answerHeader("X-Ratelimit-Limit", Integer.toString(requests))
        .answerHeader("X-Ratelimit-Remaining", Integer.toString(Math.max(0, requests - used)))
        .answerHeader("X-Ratelimit-Reset", Long.toString(endsAt.plusMillis(999).getEpochSecond()));
    return used <= requests;
  }
}
