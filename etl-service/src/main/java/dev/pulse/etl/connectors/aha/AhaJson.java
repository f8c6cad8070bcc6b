package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.AccountSighting;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single values of Aha!'s JSON, and says which one is not as documented. */
final class AhaJson {

  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9998;

  private AhaJson() {}

  static String requireText(JsonNode object, String field) {
    var text = text(object, field);
    if (text != null) return text;
    throw new UnreadableRecord(
        field
            + ": expected text, found "
            + object.path(field).getNodeType().name().toLowerCase(Locale.ROOT));
  }

  /** Ids are text in most places and numbers in some. */
  static @Nullable String text(JsonNode object, String field) {
    var value = object.path(field);
    return value.isString() || value.isIntegralNumber() ? value.asString() : null;
  }

  static boolean flag(JsonNode object, String field) {
    return object.path(field).asBoolean(false);
  }

  static Instant requireTime(JsonNode object, String field) {
    var value = object.path(field);
    try {
      var time = OffsetDateTime.parse(value.isString() ? value.asString() : "");
      if (inCalendar(time.getYear())) return time.toInstant();
    } catch (DateTimeParseException e) {
      throw unreadable(field + ": not a time that can be read", e);
    }
    throw new UnreadableRecord(field + ": a time beyond all calendars");
  }

  static @Nullable String date(JsonNode object, String field) {
    var date = day(object, field);
    return date == null ? null : date.toString();
  }

  /** Of some things only the day is known: its midnight in UTC. */
  static @Nullable Instant midnight(JsonNode object, String field) {
    var date = day(object, field);
    return date == null ? null : date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static @Nullable LocalDate day(JsonNode object, String field) {
    var value = text(object, field);
    if (value == null) return null;
    try {
      var date = LocalDate.parse(value);
      if (inCalendar(date.getYear())) return date;
    } catch (DateTimeParseException e) {
      throw unreadable(field + ": not a date that can be read", e);
    }
    throw new UnreadableRecord(field + ": a date beyond all calendars");
  }

  /** Text of a note, such as a description: an object with a body of HTML. */
  static @Nullable String note(JsonNode object, String field) {
    var note = object.path(field);
    var html = note.isObject() ? text(note, "body") : text(object, field);
    return html == null || html.isEmpty() ? null : HtmlText.of(html);
  }

  /** Somebody met in passing; null if nobody is there. */
  static @Nullable AccountSighting sighting(JsonNode user) {
    var id = text(user, "id");
    return id == null ? null : new AccountSighting(id, null, text(user, "name"), "USER");
  }

  /**
   * A value without what would make it change although nobody changed it: of people and of other
   * records only the id.
   */
  static JsonNode lasting(JsonNode value) {
    if (value.isArray()) {
      var list = SourceJson.MAPPER.createArrayNode();
      for (var each : value) list.add(lasting(each));
      return list;
    }
    if (!value.isObject()) return value;
    var object = SourceJson.MAPPER.createObjectNode();
    boolean other = value.has("id") && (value.has("name") || value.has("resource"));
    value
        .propertyStream()
        .filter(each -> !other || each.getKey().equals("id"))
        .forEach(each -> object.set(each.getKey(), lasting(each.getValue())));
    return object;
  }

  private static boolean inCalendar(int year) {
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }

  private static UnreadableRecord unreadable(String what, Exception cause) {
    var failure = new UnreadableRecord(what);
    failure.initCause(cause);
    return failure;
  }
}
