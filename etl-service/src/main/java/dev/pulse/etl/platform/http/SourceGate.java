package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.http.HttpFailure.Down;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all requests to one source go through. When none of the last ones was answered the source
 * counts as down: nothing is asked for a while, then one request tries, and the others wait for
 * what becomes of it.
 */
final class SourceGate {

  private static final Logger log = LoggerFactory.getLogger(SourceGate.class);

  private final String host;
  private final CircuitBreaker breaker;
  private Instant probeAt = Instant.EPOCH;
  private @Nullable Instant downSince;
  private @Nullable String lastFailure;

  SourceGate(String host, OutageSettings settings, Clock clock) {
    this.host = host;
    var waits =
        IntervalFunction.ofExponentialRandomBackoff(
            settings.probeAfter(), 2, 0.5, settings.probeAtLeastEvery());
    breaker =
        CircuitBreaker.of(
            host,
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.failures())
                .minimumNumberOfCalls(settings.failures())
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    attempt -> {
                      long wait = waits.apply(attempt);
                      probeAt = clock.instant().plusMillis(wait);
                      return wait;
                    })
                .clock(clock)
                .build());
  }

  /** How a source stands. */
  public enum State {
    UP,
    DOWN,
    PROBING
  }

  /**
   * A source, as this node sees it.
   *
   * @param downSince when it began to count as down; null = it does not
   * @param probeAt when one request tries it again
   * @param lastFailure of the latest request that was not answered
   */
  record Seen(
      State state,
      @Nullable Instant downSince,
      @Nullable Instant probeAt,
      @Nullable String lastFailure) {}

  /**
   * To be called before a request; what became of it must be told.
   *
   * @throws Down if the source counts as down
   */
  synchronized void enter() throws InterruptedException {
    while (!breaker.tryAcquirePermission()) {
      if (breaker.getState() == CircuitBreaker.State.OPEN) {
        throw new Down(
            "%s does not answer since %s; it is asked again at %s"
                .formatted(host, downSince, probeAt),
            probeAt);
      }
      wait(); // until the request that tries has ended, which it does at its deadline
    }
  }

  /** It answered, be it with a refusal. */
  synchronized void answered() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    if (downSince != null && breaker.getState() == CircuitBreaker.State.CLOSED) {
      log.info("{} answers again", host);
      downSince = null;
    }
    notifyAll();
  }

  /** It did not answer, or with a server error. */
  synchronized void failed(String why, Instant now) {
    lastFailure = why;
    breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(why));
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      if (downSince == null) downSince = now;
      log.info("{} counts as down, it is asked again at {}: {}", host, probeAt, why);
    }
    notifyAll();
  }

  /** Nothing was learned of it. */
  synchronized void leave() {
    breaker.releasePermission();
    notifyAll();
  }

  synchronized Seen seen() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> new Seen(State.DOWN, downSince, probeAt, lastFailure);
      case HALF_OPEN -> new Seen(State.PROBING, downSince, null, lastFailure);
      case CLOSED, DISABLED, METRICS_ONLY -> new Seen(State.UP, null, null, lastFailure);
    };
  }
}
