package dev.pulse.local.github;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The {@code created} parameter of workflow runs, in the syntax of GitHub's search for dates: one
 * day or moment, {@code A..B} with {@code *} for an open end, or one of {@code >= > <= <} before a
 * date.
 *
 * @param from and to are both included
 */
record CreatedFilter(Instant from, Instant to) {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  /** Empty for what is no date. */
  static Optional<CreatedFilter> of(String text) {
    try {
      return Optional.of(parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static CreatedFilter parse(String text) {
    int dots = text.indexOf("..");
    if (dots >= 0) {
      var from = text.substring(0, dots);
      var to = text.substring(dots + 2);
      return new CreatedFilter(
          from.equals("*") ? FIRST : begin(from), to.equals("*") ? LAST : end(to));
    }
    if (text.startsWith(">=")) return new CreatedFilter(begin(text.substring(2)), LAST);
    if (text.startsWith("<=")) return new CreatedFilter(FIRST, end(text.substring(2)));
    if (text.startsWith(">")) {
      return new CreatedFilter(end(text.substring(1)).plusSeconds(1), LAST);
    }
    if (text.startsWith("<")) {
      return new CreatedFilter(FIRST, begin(text.substring(1)).minusSeconds(1));
    }
    return new CreatedFilter(begin(text), end(text));
  }

  private static Instant begin(String date) {
    return date.contains("T")
        ? OffsetDateTime.parse(date).toInstant()
        : LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The last second of a day, or the moment itself. */
  private static Instant end(String date) {
    return date.contains("T")
        ? begin(date)
        : LocalDate.parse(date)
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .minusSeconds(1);
  }
}
