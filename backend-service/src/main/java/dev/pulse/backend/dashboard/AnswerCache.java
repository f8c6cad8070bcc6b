package dev.pulse.backend.dashboard;

import java.time.Instant;
import java.util.Optional;

/** Where answers of etl-service are kept for a while. That it forgets some does no harm. */
interface AnswerCache {

  /**
   * An answer that was kept.
   *
   * @param json as etl-service gave it
   * @param asOf when it was asked for
   */
  record Kept(String json, Instant asOf) {}

  Optional<Kept> find(String key);

  /** In place of what was kept under this key before. */
  void keep(String key, Kept answer);
}
