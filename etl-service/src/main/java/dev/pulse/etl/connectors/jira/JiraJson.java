package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.AccountSighting;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single values of Jira's JSON, and says which one is not as documented. */
final class JiraJson {

  /** Jira writes +0800; ISO 8601 and other parts of Jira write +08:00 or Z. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][.SS][.S][XXX][XX][X]", Locale.ROOT);

  private static final long MILLISECONDS_FROM = 100_000_000_000L;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Set<String> DECORATION = Set.of("self", "avatarUrls", "iconUrl", "avatarId");

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

  static @Nullable Boolean flag(JsonNode object, String field) {
    var value = object.path(field);
    return value.isBoolean() ? Boolean.valueOf(value.booleanValue()) : null;
  }

  static @Nullable Double number(JsonNode object, String field) {
    var value = object.path(field);
    if (!value.isNumber()) return null;
    double number = value.asDouble(Double.NaN);
    return Double.isFinite(number) ? Double.valueOf(number) : null;
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
    var text = value.isString() || value.isIntegralNumber() ? value.asString() : "";
    try {
      var time =
          text.matches("\\d{1,15}")
              ? epoch(Long.parseLong(text))
              : OffsetDateTime.parse(text, TIME).toInstant();
      if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) return time;
    } catch (DateTimeParseException e) {
      throw unreadable(field, "not a time that can be read", e);
    }
    throw new UnreadableRecord(field + ": a time beyond all calendars");
  }

  /** A day; null if there is none. Of a number, as old versions answer, the day in UTC. */
  static @Nullable String date(JsonNode object, String field) {
    if (object.path(field).isIntegralNumber()) {
      return LocalDate.ofInstant(requireTime(object, field), ZoneOffset.UTC).toString();
    }
    var value = text(object, field);
    if (value == null) return null;
    try {
      var date = LocalDate.parse(value);
      if (date.getYear() >= 1 && date.getYear() <= 9999) return date.toString();
    } catch (DateTimeParseException e) {
      throw unreadable(field, "not a date that can be read", e);
    }
    throw new UnreadableRecord(field + ": a date beyond all calendars");
  }

  /** The kind of an account, by what Jira calls its type. */
  static String kind(JsonNode user) {
    return user.path("accountType").asString("").equals("app") ? "APP" : "USER";
  }

  /** The id of a person: of Cloud, or the key that Data Center has instead; null = nobody. */
  static @Nullable String person(JsonNode user) {
    var id = text(user, "accountId");
    if (id != null) return id;
    var key = text(user, "key");
    return key != null ? key : text(user, "name");
  }

  /** Somebody met in passing; null if nobody is there. */
  static @Nullable AccountSighting sighting(JsonNode user) {
    var id = person(user);
    return id == null
        ? null
        : new AccountSighting(id, login(user), text(user, "displayName"), kind(user));
  }

  /**
   * A value without what would make it change although nobody changed it: of people only the id,
   * and no links to pictures.
   */
  static JsonNode lasting(JsonNode value) {
    if (value.isArray()) {
      var list = SourceJson.MAPPER.createArrayNode();
      for (var each : value) list.add(lasting(each));
      return list;
    }
    if (!value.isObject()) return value;
    var object = SourceJson.MAPPER.createObjectNode();
    var person = personId(value);
    value
        .propertyStream()
        .filter(each -> person.isEmpty() ? !decorates(each.getKey()) : each.getKey().equals(person))
        .forEach(each -> object.set(each.getKey(), lasting(each.getValue())));
    return object;
  }

  /** What the id of a person is called; empty if the value is no person. */
  private static String personId(JsonNode value) {
    if (value.path("accountId").isString()) return "accountId";
    boolean user = value.path("key").isString() && value.path("displayName").isString();
    return user ? "key" : "";
  }

  /** The name to sign in with, which only Data Center shows. */
  static @Nullable String login(JsonNode user) {
    return user.path("accountId").isString() ? null : text(user, "name");
  }

  private static boolean decorates(String name) {
    return DECORATION.contains(name);
  }

  private static UnreadableRecord unreadable(String field, String why, Exception cause) {
    var failure = new UnreadableRecord(field + ": " + why);
    failure.initCause(cause);
    return failure;
  }

  private static Instant epoch(long value) {
    return value >= MILLISECONDS_FROM ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
  }
}
