package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.platform.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What Aha! refuses, and what can be done about it. Its own words are not repeated: their form is
 * not documented, and the status says enough.
 */
final class AhaRefusals {

  /** The limit is one of requests a minute; used where Aha! does not say when the minute ends. */
  private static final Duration UNTOLD_WAIT = Duration.ofSeconds(60);

  /** A number below is a wait, one from here on a time: both in seconds. */
  private static final long TIMES_FROM = 1_000_000_000L;

  private AhaRefusals() {}

  static boolean isLimit(Answer answer) {
    return answer.status() == 429
        || (answer.status() == 503 && answer.header("retry-after").isPresent());
  }

  /** How soon Aha! wants to be asked again. */
  static Duration retryAfter(Answer answer) {
    return answer.retryAfter().or(() -> resetsIn(answer)).orElse(UNTOLD_WAIT);
  }

  /** When the allowance is whole again. */
  static Optional<Duration> resetsIn(Answer answer) {
    return answer.header("x-ratelimit-reset").flatMap(text -> resetsIn(text.strip(), answer));
  }

  private static Optional<Duration> resetsIn(String text, Answer answer) {
    var number = number(text);
    if (number.isPresent()) {
      long seconds = number.get();
      return seconds < TIMES_FROM
          ? Optional.of(Duration.ofSeconds(seconds))
          : Optional.of(answer.until(Instant.ofEpochSecond(seconds)));
    }
    try {
      return Optional.of(answer.until(OffsetDateTime.parse(text).toInstant()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static SourceFailure failure(String operation, Answer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 ->
          new WrongProduct(
              operation + " leads somewhere else",
              "Copy the account's present address from a browser.");
      case 401 ->
          new CredentialsRejected(
              "Aha! does not accept the API key",
              "Make a new API key in Aha! under Settings, Personal, Developer, or correct the"
                  + " address of the account.");
      case 403 -> denied(operation + " is forbidden");
      case 404 -> denied(operation + " is absent or not visible");
      case 400, 406, 410, 422 ->
          new RequestRefused(
              operation + " was refused with status " + answer.status(),
              "Check the scope of the connection, or update Pulse.");
      case 413, 414, 504 -> new TooHeavy(operation + " asked for too much");
      default -> new SourceUnavailable(operation + " answered " + answer.status(), null);
    };
  }

  static Optional<Long> number(String text) {
    return text.strip().matches("\\d{1,12}")
        ? Optional.of(Long.parseLong(text.strip()))
        : Optional.empty();
  }

  private static AccessDenied denied(String what) {
    return new AccessDenied(
        what, "Give the user of the API key a role in the workspace, or leave it out.");
  }
}
