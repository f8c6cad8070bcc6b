package dev.pulse.etl.platform.logs;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of a log file, in the format {@code ecs}. What is not in that format is all message.
 *
 * @param run, connection, stream, requestId what it is about, as far as it is about any
 * @param error the trace of a failure
 * @see <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>
 */
record LogLine(
    @Nullable Instant at,
    @Nullable Level level,
    @Nullable String logger,
    @Nullable String thread,
    @Nullable String run,
    @Nullable String connection,
    @Nullable String stream,
    @Nullable String requestId,
    String message,
    @Nullable String error) {

  static LogLine of(String line) {
    try {
      var json = JsonMapper.shared().readTree(line);
      if (json.isObject()) return of(json);
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      // another format, or half a line
    }
    return new LogLine(null, null, null, null, null, null, null, null, line, null);
  }

  private static LogLine of(JsonNode json) {
    var log = json.path("log");
    return new LogLine(
        Instant.parse(json.path("@timestamp").asString("")),
        Level.valueOf(log.path("level").asString("")),
        text(log, "logger"),
        text(json.path("process").path("thread"), "name"),
        text(json, "run"),
        text(json, "connection"),
        text(json, "stream"),
        text(json, "requestId"),
        json.path("message").asString(""),
        text(json.path("error"), "stack_trace"));
  }

  private static @Nullable String text(JsonNode json, String field) {
    var value = json.path(field);
    return value.isString() ? value.asString() : null;
  }
}
