package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.AccountSighting;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single values of GitHub's JSON, and says which one is not as documented. */
final class GitHubJson {

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private GitHubJson() {}

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

  static long requireNumber(JsonNode object, String field) {
    var value = object.path(field);
    if (value.isIntegralNumber() && value.canConvertToLong()) return value.asLong();
    throw new UnreadableRecord(field + ": expected a number");
  }

  static @Nullable Integer number(JsonNode object, String field) {
    var value = object.path(field);
    return value.isIntegralNumber() && value.canConvertToInt() ? value.asInt() : null;
  }

  static Instant requireTime(JsonNode object, String field) {
    var time = time(object, field);
    if (time == null) throw new UnreadableRecord(field + ": expected a time, found nothing");
    return time;
  }

  static @Nullable Instant time(JsonNode object, String field) {
    var value = object.path(field);
    if (value.isMissingNode() || value.isNull()) return null;
    try {
      var time = Instant.parse(value.asString(""));
      if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) return time;
    } catch (DateTimeParseException e) {
      var failure = new UnreadableRecord(field + ": not a time that can be read");
      failure.initCause(e);
      throw failure;
    }
    throw new UnreadableRecord(field + ": a time beyond all calendars");
  }

  /**
   * The id of an account met in passing, which is noted; null for a deleted one. It is the number
   * that both APIs give: node ids come in two forms, of which the older is closing down.
   *
   * @param number name of the field that holds it
   * @param type name of the field that says what kind of account it is
   */
  static @Nullable String account(JsonNode actor, String number, String type, Page.Builder page) {
    var id = text(actor, number);
    if (id == null) return null;
    var kind = actor.path(type).asString("").equals("Bot") ? "BOT" : "USER";
    page.add(new AccountSighting(id, text(actor, "login"), text(actor, "name"), kind));
    return id;
  }

  static @Nullable String account(JsonNode actor, Page.Builder page) {
    return account(actor, "databaseId", "__typename", page);
  }
}
