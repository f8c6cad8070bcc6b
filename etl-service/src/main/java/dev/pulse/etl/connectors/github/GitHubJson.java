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
    if (value.isIntegralNumber()) return value.asLong();
    throw new UnreadableRecord(field + ": expected a number");
  }

  static @Nullable Integer number(JsonNode object, String field) {
    return object.path(field).isIntegralNumber() ? object.path(field).asInt() : null;
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
      throw new UnreadableRecord(field + ": not a time that can be read");
    }
    throw new UnreadableRecord(field + ": a time beyond all calendars");
  }

  /** The id of an account met in passing, which is noted; null for a deleted one. */
  static @Nullable String account(JsonNode actor, Page.Builder page) {
    var id = text(actor, "id");
    if (id == null) return null;
    var type = actor.path("__typename").asString("User");
    page.add(
        new AccountSighting(
            id, text(actor, "login"), text(actor, "name"), type.equals("User") ? "USER" : "BOT"));
    return id;
  }
}
