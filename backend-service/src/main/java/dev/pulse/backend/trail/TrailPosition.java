package dev.pulse.backend.trail;

import dev.pulse.model.AuditPosition;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last event of a page: what follows is earlier, or of the same moment and after it in order.
 */
record TrailPosition(Instant at, Source source, long id) {

  /** Before the latest event of all. */
  static final TrailPosition LATEST =
      new TrailPosition(
          AuditPosition.LATEST.at(), Source.BACKEND_SERVICE, AuditPosition.LATEST.id());

  private static final Pattern TEXT = Pattern.compile("([a-z-]{1,20})_(.{1,60})");

  /** What {@link #toString} has written; empty if it is anything else. */
  static Optional<TrailPosition> parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) return Optional.empty();
    return Source.find(parts.group(1))
        .flatMap(
            source ->
                AuditPosition.parse(parts.group(2))
                    .map(found -> new TrailPosition(found.at(), source, found.id())));
  }

  @Override
  public String toString() {
    return source.service() + "_" + new AuditPosition(at, id);
  }
}
