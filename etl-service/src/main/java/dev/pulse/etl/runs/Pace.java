package dev.pulse.etl.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a partition had been stored at a moment.
 *
 * @param read records of the source; null = unknown
 */
record Pace(Instant at, long rows, @Nullable Long read) {

  /** Null if the run has stored no page of it, or did so before this was noted down. */
  static @Nullable Pace of(ResultSet row, String name) throws SQLException {
    var at = row.getTimestamp(name + "_at");
    if (at == null) return null;
    return new Pace(
        at.toInstant(), row.getLong(name + "_rows"), row.getObject(name + "_read", Long.class));
  }

  /** Rows a second from then to {@code now}; null if that is no time. */
  @Nullable Double rowsPerSecond(Pace now) {
    return perSecond(now.rows - rows, now.at);
  }

  /** Records a second from then to {@code now}; null if unknown. */
  @Nullable Double recordsPerSecond(Pace now) {
    return read == null || now.read == null ? null : perSecond(now.read - read, now.at);
  }

  private @Nullable Double perSecond(long what, Instant until) {
    long millis = Duration.between(at, until).toMillis();
    return millis <= 0 || what < 0 ? null : what * 1_000.0 / millis;
  }
}
