package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.platform.http.Answer;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** What Jira's refusals mean to the engine. */
final class JiraRefusals {

  /** Some refusals of Atlassian's gateway do not say how long to wait. */
  private static final Duration UNTOLD_WAIT = Duration.ofSeconds(60);

  private static final int LONGEST_DETAIL = 500;

  private JiraRefusals() {}

  /**
   * Whether Jira did not accept the credentials. It says so in a header and, where a resource is
   * open to anybody, still answers 200 with what anybody may see: often an empty list.
   */
  static boolean anonymous(Answer answer) {
    return answer.status() < 500
        && reason(answer).startsWith("AUTHENTICAT")
        && answer.status() != 429;
  }

  static boolean isLimit(Answer answer) {
    return answer.status() == 429
        || (answer.status() == 503 && answer.header("retry-after").isPresent());
  }

  /** How soon Jira wants to be asked again. */
  static Duration retryAfter(Answer answer) {
    return answer.retryAfter().or(() -> resetsIn(answer)).orElse(UNTOLD_WAIT);
  }

  /** When the allowance is whole again. */
  static Optional<Duration> resetsIn(Answer answer) {
    return answer.header("x-ratelimit-reset").flatMap(JiraRefusals::instant).map(answer::until);
  }

  static SourceFailure failure(String operation, Answer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 ->
          new WrongProduct(
              operation + " leads somewhere else",
              "Copy the site's present address from a browser.");
      case 401 -> rejected(answer);
      case 403 -> anonymous(answer) ? rejected(answer) : forbidden(operation, "forbidden", answer);
      case 404 ->
          answer.isJson()
              ? forbidden(operation, "absent or not visible", answer)
              : new WrongProduct(
                  "no Jira answers at this address",
                  "Copy the address of the Jira site from a browser.");
      case 410 ->
          new RequestRefused(
              operation + " is no longer offered: " + messages(answer), "Update Pulse.");
      case 400, 422 ->
          new RequestRefused(
              operation + " was refused: " + messages(answer),
              "Check the scope of the connection.");
      case 413, 414 -> new TooHeavy(operation + " asked for too much");
      default -> new SourceUnavailable(operation + " answered " + answer.status(), null);
    };
  }

  static CredentialsRejected rejected(Answer answer) {
    if (reason(answer).equals("AUTHENTICATION_DENIED")) {
      return new CredentialsRejected(
          "Jira asks the account for a CAPTCHA", "Sign in once in a browser, then try again.");
    }
    return new CredentialsRejected(
        "Jira does not accept the e-mail address with this token",
        "Check the e-mail address, or make a new token; one with scopes needs the address"
            + " https://api.atlassian.com/ex/jira/CLOUD-ID.");
  }

  static Optional<Long> number(String text) {
    return text.matches("\\d{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** Jira leaves out the seconds where they are zero. */
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static AccessDenied forbidden(String operation, String how, Answer answer) {
    return new AccessDenied(
        operation + " is " + how + ": " + messages(answer),
        "Give the account of the token the right to browse it.");
  }

  private static String reason(Answer answer) {
    return answer.header("x-seraph-loginreason").orElse("");
  }

  /** Jira's own words, which name fields and projects, never contents. */
  private static String messages(Answer answer) {
    if (!answer.isJson()) return "no further detail";
    try {
      var json = SourceJson.MAPPER.readTree(answer.body());
      var all = new StringBuilder();
      for (var message : json.path("errorMessages")) all.append(message.asString("")).append(' ');
      json.path("errors")
          .propertyStream()
          .forEach(e -> all.append(e.getKey()).append(": ").append(e.getValue().asString("")));
      var text = all.toString().strip();
      if (text.isEmpty()) return "no further detail";
      return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) + "…" : text;
    } catch (JacksonException e) {
      return "no further detail";
    }
  }
}
