package dev.pulse.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the audit of a service, which is read from the latest event to the first: what follows
 * is earlier, or of the same moment and has a smaller id.
 */
public record AuditPosition(Instant at, long id) {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  /** Before the latest event. */
  public static final AuditPosition LATEST = new AuditPosition(LAST, Long.MAX_VALUE);

  private static final Pattern TEXT = Pattern.compile("([0-9TZ:.-]{20,30})_([0-9]{1,19})");

  /** What {@link #toString} has written; empty if it is anything else. */
  public static Optional<AuditPosition> parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) return Optional.empty();
    try {
      var at = known(Instant.parse(parts.group(1)));
      return Optional.of(new AuditPosition(at, Long.parseLong(parts.group(2))));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Within what every database has a date for. */
  static Instant known(Instant instant) {
    if (instant.isBefore(FIRST)) return FIRST;
    return instant.isAfter(LAST) ? LAST : instant;
  }

  @Override
  public String toString() {
    return at + "_" + id;
  }
}
