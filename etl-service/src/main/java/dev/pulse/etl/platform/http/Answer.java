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

  /**
   * When the source wants to be asked again: Retry-After in seconds or as a date, which is read by
   * the source's own clock.
   */
  public Optional<Instant> retryAt() {
    return header("retry-after")
        .flatMap(
            value ->
                value.strip().matches("\\d{1,9}")
                    ? Optional.of(receivedAt.plusSeconds(Long.parseLong(value.strip())))
                    : httpDate(value).map(at -> receivedAt.plus(Duration.between(servedAt(), at))));
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
