package dev.pulse.etl.ingest;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a page are written.
 *
 * @param doubting whether PostgreSQL is known to refuse one of them: those that it refuses are set
 *     aside, for the price of some more statements, and all others stored
 * @param readAt when the page was read, if that is long ago: it does not touch what was stored
 *     since, unless the source itself dates it later; null = just now
 */
record Writing(boolean doubting, @Nullable Instant readAt) {

  static final Writing TRUSTING = new Writing(false, null);

  static final Writing DOUBTING = new Writing(true, null);

  static Writing readAt(Instant readAt) {
    return new Writing(false, readAt);
  }

  /** For SQL: rows stored later are left alone. */
  String upTo() {
    return readAt == null ? "infinity" : readAt.atOffset(ZoneOffset.UTC).toString();
  }
}
