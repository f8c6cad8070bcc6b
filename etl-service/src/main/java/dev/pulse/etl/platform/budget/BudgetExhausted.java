package dev.pulse.etl.platform.budget;

import java.time.Duration;

/** The budget allows no more requests for {@link #retryAfter()}. */
public final class BudgetExhausted extends RuntimeException {

  private final Duration retryAfter;

  public BudgetExhausted(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
