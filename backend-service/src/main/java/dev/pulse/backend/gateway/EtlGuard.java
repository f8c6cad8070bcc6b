package dev.pulse.backend.gateway;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets no more requests to etl-service at once than it may have, and none while it is dead: then
 * everybody learns so at once, and the gateway has its threads for what it can do alone.
 */
@Component
class EtlGuard {

  private static final Logger log = LoggerFactory.getLogger(EtlGuard.class);

  private static final int WINDOW = 10;
  private static final int ENOUGH_TO_JUDGE = 5;
  private static final float HALF = 50;
  private static final int TRIALS = 1;

  /** A crowd that comes in one moment may be served in the next. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;
  private final Duration pause;

  EtlGuard(EtlSettings settings) {
    this.pause = settings.pause();
    this.breaker =
        CircuitBreaker.of(
            "etl-service",
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(ENOUGH_TO_JUDGE)
                .failureRateThreshold(HALF)
                .waitDurationInOpenState(pause)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> log.warn("etl-service: {}", event.getStateTransition()));
    this.bulkhead =
        Bulkhead.of(
            "etl-service",
            BulkheadConfig.custom()
                .maxConcurrentCalls(settings.inFlight())
                .maxWaitDuration(PATIENCE)
                .build());
  }

  /**
   * Lets a request pass.
   *
   * @throws dev.pulse.backend.platform.Problem 503 if etl-service is dead or has enough to do
   */
  Pass enter() {
    if (!breaker.tryAcquirePermission()) throw Upstream.away(pause);
    if (!bulkhead.tryAcquirePermission()) {
      breaker.releasePermission();
      throw Upstream.busy();
    }
    return new Pass();
  }

  /** Held from before a request is sent until the last byte of its answer has gone on. */
  final class Pass implements AutoCloseable {

    private final long since = System.nanoTime();
    private final AtomicBoolean judged = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** It has answered, whatever it said. */
    void answered() {
      if (judged.compareAndSet(false, true)) {
        breaker.onSuccess(System.nanoTime() - since, TimeUnit.NANOSECONDS);
      }
    }

    /** It has not. */
    void failed(Exception failure) {
      if (judged.compareAndSet(false, true)) {
        breaker.onError(System.nanoTime() - since, TimeUnit.NANOSECONDS, failure);
      }
    }

    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) return;
      if (judged.compareAndSet(false, true)) breaker.releasePermission();
      bulkhead.onComplete();
    }
  }
}
