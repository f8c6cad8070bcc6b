package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.UnreadableRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single values of Jira's JSON, and says which one is not as documented. */
final class JiraJson {

  /** Jira writes +0800; ISO 8601 and other parts of Jira write +08:00 or Z. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][.SS][.S][XXX][XX][X]", Locale.ROOT);

  private static final long MILLISECONDS_FROM = 100_000_000_000L;

  private JiraJson() {}

  static String requireText(JsonNode object, String field) {
    var value = object.path(field);
    if (value.isString() || value.isIntegralNumber()) return value.asString();
    throw new UnreadableRecord(
        field + ": expected text, found " + value.getNodeType().name().toLowerCase(Locale.ROOT));
  }

  static @Nullable String text(JsonNode object, String field) {
    var value = object.path(field);
    return value.isString() || value.isNumber() ? value.asString() : null;
  }

  /** Text of a member of a member, such as the name of a priority. */
  static @Nullable String text(JsonNode object, String field, String member) {
    return text(object.path(field), member);
  }

  static Instant requireTime(JsonNode object, String field) {
    var time = time(object, field);
    if (time == null) throw new UnreadableRecord(field + ": expected a time, found nothing");
    return time;
  }

  /** A time, as text or as seconds or milliseconds since 1970; null if there is none. */
  static @Nullable Instant time(JsonNode object, String field) {
    var value = object.path(field);
    if (value.isMissingNode() || value.isNull()) return null;
    if (value.isIntegralNumber()) return epoch(value.asLong());
    if (value.isString() && value.asString().matches("\\d{1,15}")) {
      return epoch(Long.parseLong(value.asString()));
    }
    try {
      return OffsetDateTime.parse(value.asString(""), TIME).toInstant();
    } catch (DateTimeParseException e) {
      throw new UnreadableRecord(field + ": not a time that can be read");
    }
  }

  static @Nullable String date(JsonNode object, String field) {
    var value = text(object, field);
    if (value == null) return null;
    try {
      return LocalDate.parse(value).toString();
    } catch (DateTimeParseException e) {
      throw new UnreadableRecord(field + ": not a date that can be read");
    }
  }

  private static Instant epoch(long value) {
    return value >= MILLISECONDS_FROM ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
  }
}
