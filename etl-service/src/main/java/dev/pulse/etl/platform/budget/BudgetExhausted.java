package dev.pulse.etl.platform.budget;

import java.time.Instant;

/** The budget allows no more requests until {@link #until()}. */
public final class BudgetExhausted extends RuntimeException {

  private final Instant until;

  public BudgetExhausted(String message, Instant until) {
    super(message);
    this.until = until;
  }

  public Instant until() {
    return until;
  }
}
