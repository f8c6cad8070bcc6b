package dev.pulse.etl.runs;

import dev.pulse.model.JobState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job keeps up.
 *
 * @param failures failed runs in a row
 * @param error of the last run, if it failed
 * @param lag since its last success, or since it was connected if there is none
 * @param missed how many planned times have passed meanwhile, at most {@link #MOST}; none count
 *     that were in a pause or maintenance, or are of an earlier schedule
 * @param missedSince the first of them; null = none
 */
public record JobHealth(
    long id,
    String name,
    String connector,
    JobState state,
    int failures,
    @Nullable String error,
    Duration lag,
    int missed,
    @Nullable Instant missedSince) {

  /** What is missed more often is not counted further. */
  public static final int MOST = 100;

  /** So many planned times in a row are no accident. */
  public static final int LATE_AFTER = 3;

  public boolean isLate() {
    return missed >= LATE_AFTER;
  }
}
