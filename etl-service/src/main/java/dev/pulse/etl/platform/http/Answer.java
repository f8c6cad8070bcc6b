package dev.pulse.etl.platform.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a source answered, whatever its status.
 *
 * @param headers by lower-case name
 * @param body decompressed
 * @param receivedAt this machine's clock
 */
public record Answer(
    int status, Map<String, List<String>> headers, byte[] body, Instant receivedAt) {

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** The source's clock; this machine's where the source does not say. */
  public Instant servedAt() {
    return header("date").flatMap(Answer::httpDate).orElse(receivedAt);
  }

  /** How soon the source wants to be asked again: Retry-After in seconds or as a date. */
  public Optional<Duration> retryAfter() {
    return header("retry-after")
        .flatMap(
            value ->
                value.strip().matches("\\d{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())))
                    : httpDate(value).map(this::until));
  }

  /** How long it is until a time that the source tells: by its own clock, since it counts by it. */
  public Duration until(Instant told) {
    return Duration.between(servedAt(), told);
  }

  /** False for a sign-in page, a proxy's error page and the like. */
  public boolean isJson() {
    return header("content-type")
        .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
        .isPresent();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Optional<Instant> httpDate(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
