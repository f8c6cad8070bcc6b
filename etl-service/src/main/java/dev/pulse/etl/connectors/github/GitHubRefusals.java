package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.platform.http.Answer;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What GitHub means when it does not answer with data. It says 403 for a limit as well as for a
 * missing right; in GraphQL it says 200 for both, see {@link GitHubErrors}.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate
 *     limits</a>
 */
final class GitHubRefusals {

  /** A secondary limit without Retry-After asks for at least a minute. */
  private static final Duration SECONDARY_WAIT = Duration.ofSeconds(60);

  private GitHubRefusals() {}

  static SourceFailure ofStatus(String operation, String resource, Answer answer) {
    var text = answer.text();
    return switch (answer.status()) {
      case 403, 429 ->
          limit(operation, answer, text)
              .<SourceFailure>map(limited -> limited)
              .orElseGet(() -> forbidden(operation, answer, text));
      case 451 -> blocked(text);
      case 404 ->
          new AccessDenied(
              operation + " is absent or not visible to the token",
              "Give the token access to the repository.");
      case 409 -> new AccessDenied(operation + " has nothing to read yet", "Nothing to do.");
      case 410 ->
          text.toLowerCase(Locale.ROOT).contains("disabled")
              ? new AccessDenied(operation + " is switched off in the repository", "Nothing to do.")
              : new RequestRefused(
                  operation + " is no longer offered by this GitHub", "Update Pulse.");
      case 400, 422 -> new RequestRefused(operation + " was refused", "Update Pulse.");
      case 502, 503, 504 ->
          resource.equals(GitHubClient.GRAPHQL)
              ? new TooHeavy(operation + " took GitHub too long")
              : new SourceUnavailable(operation + " answered " + answer.status(), null);
      default -> new SourceUnavailable(operation + " answered " + answer.status(), null);
    };
  }

  /**
   * What it means that a header was refused: everything that GitHub refuses names its request or
   * its documentation.
   *
   * @param rejected what it means if it was GitHub
   */
  static SourceFailure unauthorized(Answer answer, SourceFailure rejected) {
    return answer.header("x-github-request-id").isPresent()
            || answer.text().contains("documentation_url")
        ? rejected
        : new WrongProduct(
            "what refuses the token is not GitHub",
            "Leave the address empty for github.com, or use https://HOST/api/v3.");
  }

  /** A secondary limit may come as a bare message, with status 200 and neither data nor errors. */
  static SourceFailure withoutData(GitHubQuery query, Answer answer) {
    return answer.text().toLowerCase(Locale.ROOT).contains("secondary rate limit")
        ? limited(query.operation(), answer, "secondary limit")
        : new SourceUnavailable(query.operation() + " answered without data", null);
  }

  private static Optional<RateLimited> limit(String operation, Answer answer, String text) {
    boolean spent = answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
    boolean secondary =
        text.toLowerCase(Locale.ROOT).contains("secondary rate limit")
            || text.toLowerCase(Locale.ROOT).contains("abuse detection");
    boolean told = answer.header("retry-after").isPresent();
    return spent || secondary || told || answer.status() == 429
        ? Optional.of(limited(operation, answer, secondary ? "secondary limit" : "limit"))
        : Optional.empty();
  }

  static RateLimited limited(String operation, Answer answer, String why) {
    var spent = answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
    var reset =
        answer
            .header("x-ratelimit-reset")
            .filter(text -> spent && text.matches("\\d{1,12}"))
            .map(text -> answer.until(Instant.ofEpochSecond(Long.parseLong(text))));
    var wait = answer.retryAfter().or(() -> reset).orElse(SECONDARY_WAIT);
    return new RateLimited(operation + " is limited by GitHub: " + why, wait);
  }

  private static SourceFailure forbidden(String operation, Answer answer, String text) {
    if (text.contains("installation has been suspended")) return GitHubApp.suspended();
    return isBlocked(text) ? blocked(text) : denied(operation, answer);
  }

  /** GitHub itself keeps everybody from a repository. */
  static boolean isBlocked(String message) {
    return message.contains("access blocked");
  }

  /**
   * Tells why, and since when, if the answer does.
   *
   * @param text the body, or a message in it
   */
  static AccessDenied blocked(String text) {
    return new AccessDenied(
        "the repository is blocked by GitHub" + why(text),
        "Ask GitHub; it is read on when GitHub shows it again.");
  }

  private static String why(String text) {
    try {
      var block = SourceJson.MAPPER.readTree(text).path("block");
      var reason = block.path("reason").asString("");
      var since = GitHubJson.time(block, "created_at");
      if (!reason.matches("[a-z_]{1,30}")) return "";
      return " (%s%s)".formatted(reason, since == null ? "" : ", since " + since);
    } catch (JacksonException | UnreadableRecord e) {
      return "";
    }
  }

  static AccessDenied denied(String operation, Answer answer) {
    if (answer.header("x-github-sso").isPresent()) return withoutSignOn(operation);
    return new AccessDenied(
        operation + " is forbidden to the token",
        answer
            .header("x-accepted-github-permissions")
            .map(needed -> "Give the token one of these rights: " + needed + ".")
            .orElse("Give the token read access to the organisation and its repositories."));
  }

  static AccessDenied withoutSignOn(String operation) {
    return new AccessDenied(
        operation + " is forbidden to the token",
        "Authorise the token for the organisation's single sign-on.");
  }
}
