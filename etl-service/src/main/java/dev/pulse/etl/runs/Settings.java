package dev.pulse.etl.runs;

import java.time.Duration;

/**
 * What operators can set for all jobs; in force on all nodes at once.
 *
 * @param maxActive how many runs go on at once in the whole cluster (1–100)
 * @param interval how often a job is due that has no schedule of its own (1 min–24 h)
 * @param retryAfter how soon a failed job is tried again (1 s–24 h)
 * @param retries how often in a row it is tried that soon (0–20)
 * @param keepRunsDays how long what is known of ended runs is kept (1–3650); a job's latest run
 *     always is
 */
record Settings(
    int maxActive, Duration interval, Duration retryAfter, int retries, int keepRunsDays) {}
