package dev.pulse.etl.ingest;

/**
 * The right to write for a run: the token of its lease when the run was claimed. Whoever claims the
 * run later gets a higher token, and pages with this one are refused from then on.
 */
public record Fence(long runId, long token) {}
