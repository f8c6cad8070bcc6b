package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests of one operation and method a site answers in a while; every caller of the site
 * shares them.
 *
 * @param requests in one window
 * @param window after which they may be made again
 */
record BurstLimit(int requests, Duration window, Map<String, Window> windows) {

  /** What was used of one operation's window. */
  record Window(Instant endsAt, int used) {}

  BurstLimit {
    if (requests < 1) throw new IllegalArgumentException("at least one request must be allowed");
    if (window.isNegative() || window.isZero())
      throw new IllegalArgumentException("the window must take some time");
  }

  static BurstLimit of(int requests, Duration window) {
    return new BurstLimit(requests, window, new ConcurrentHashMap<>());
  }

  /** Counts a request and writes the headers that tell how things stand; false if it is refused. */
  boolean take(Exchange exchange, String operation, Instant now) {
    var after =
        windows.compute(
            exchange.method() + " " + operation,
            (_, before) ->
                before == null || !now.isBefore(before.endsAt)
                    ? new Window(now.plus(window), 1)
                    : new Window(before.endsAt, before.used + 1));
    int remaining = Math.max(0, requests - after.used);
    exchange
        .answerHeader("X-RateLimit-Limit", Integer.toString(requests))
        .answerHeader("X-RateLimit-Remaining", Integer.toString(remaining))
        .answerHeader("X-RateLimit-Reset", after.endsAt.toString());
    if (remaining * 5 < requests) exchange.answerHeader("X-RateLimit-NearLimit", "true");
    if (after.used <= requests) return true;
    long seconds = Duration.between(now, after.endsAt).plusMillis(999).toSeconds();
    exchange.answerHeader("Retry-After", Long.toString(Math.max(1, seconds)));
    return false;
  }
}
