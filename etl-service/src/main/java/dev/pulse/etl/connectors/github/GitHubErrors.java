package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.platform.http.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The errors that stand beside the data of a query, in an answer with status 200.
 *
 * <p>All of them are judged. What speaks of the whole answer is a failure: of several, what passes
 * with time comes first, because the others may only follow from it. What the token may not see
 * inside an answer costs only that part.
 *
 * @see <a
 *     href="https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api">Limits</a>
 */
final class GitHubErrors {

  private GitHubErrors() {}

  /** The failure that an answer stands for; empty if its data can be used. */
  static Optional<SourceFailure> failure(GitHubQuery query, JsonNode json, Answer answer) {
    return each(json)
        .filter(error -> !isWithheld(error, json.path("data")))
        .map(error -> failure(query.operation(), error, answer))
        .max(Comparator.comparingInt(GitHubErrors::weight));
  }

  /** The parts of an answer that are kept back from the token. */
  static List<Withheld> withheld(JsonNode json) {
    return each(json)
        .filter(error -> isWithheld(error, json.path("data")))
        .map(Withheld::of)
        .toList();
  }

  private static Stream<JsonNode> each(JsonNode json) {
    var errors = json.path("errors");
    return errors.isArray() ? errors.valueStream() : Stream.of(errors).filter(JsonNode::isObject);
  }

  /** Nothing at the root of an answer means that all of it is denied. */
  private static boolean isWithheld(JsonNode error, JsonNode data) {
    var root = data.path(error.path("path").path(0).asString(""));
    return isDenial(error) && (root.isObject() || root.isArray());
  }

  private static boolean isDenial(JsonNode error) {
    return switch (error.path("type").asString("")) {
      case "NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES" -> true;
      default -> false;
    };
  }

  private static SourceFailure failure(String operation, JsonNode error, Answer answer) {
    if (isDenial(error)) return denied(operation, error, answer);
    var message = error.path("message").asString("");
    var type = error.path("type").asString("");
    return switch (type) {
      case "RATE_LIMITED", "RATE_LIMIT" -> GitHubRefusals.limited(operation, answer, message);
      case "RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED" ->
          new TooHeavy(operation + " was too heavy for GitHub");
      default -> byMessage(operation, type, message, answer);
    };
  }

  private static SourceFailure byMessage(
      String operation, String type, String message, Answer answer) {
    var lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("cursor")) {
      return new PositionExpired("GitHub no longer knows the cursor", null);
    }
    if (lower.contains("secondary rate limit")) {
      return GitHubRefusals.limited(operation, answer, message);
    }
    if (lower.contains("timeout") || lower.contains("something went wrong")) {
      return new TooHeavy(operation + " took GitHub too long");
    }
    return new RequestRefused(
        operation + " was refused by GitHub (" + (type.isEmpty() ? "no type" : type) + ")",
        "Update Pulse; GitHub's API may have changed.");
  }

  private static AccessDenied denied(String operation, JsonNode error, Answer answer) {
    if (GitHubRefusals.isBlocked(error.path("message").asString(""))) {
      return GitHubRefusals.blocked("");
    }
    return error.path("extensions").path("saml_failure").asBoolean(false)
        ? GitHubRefusals.withoutSignOn(operation)
        : GitHubRefusals.denied(operation, answer);
  }

  private static int weight(SourceFailure failure) {
    return switch (failure) {
      case RateLimited _ -> 5;
      case TooHeavy _ -> 4;
      case PositionExpired _ -> 3;
      case RequestRefused _ -> 2;
      case AccessDenied _ -> 1;
      case CredentialsRejected _, WrongProduct _, SourceUnavailable _ -> 0;
    };
  }
}
