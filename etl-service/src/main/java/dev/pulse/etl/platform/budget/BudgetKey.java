package dev.pulse.etl.platform.budget;

/**
 * What a source counts requests against, such as a host and user: whoever shares a key shares the
 * budget.
 */
public record BudgetKey(String value) {}
