package dev.pulse.backend.gateway;

import dev.pulse.backend.platform.Problem;
import dev.pulse.model.EtlRoutes;
import dev.pulse.model.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks etl-service for: byte for byte what the client sent, but for the prefix.
 * Nothing is decoded and encoded again, as the two never quite undo each other.
 *
 * @param path encoded, as etl-service will see it
 * @param query encoded, without the question mark; null if there is none
 */
record Target(String path, @Nullable String query) {

  private static final ProblemKind MALFORMED =
      new ProblemKind(
          400,
          "MALFORMED_REQUEST",
          "The request is not well-formed",
          "Encode what is special in path and query, and nothing else.");

  /** Letters, digits and the like: who encodes them wants a path to be taken for another. */
  private static final Pattern ENCODED_FOR_NOTHING =
      Pattern.compile("%(2[DdEe]|3\\d|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])");

  /**
   * The target of a request whose path is one of the table.
   *
   * @throws Problem 400 if it is no URI, or one that can be written more plainly
   */
  static Target of(HttpServletRequest request, String prefix) {
    var path = EtlRoutes.PREFIX + request.getRequestURI().substring(prefix.length());
    var target = new Target(path, request.getQueryString());
    if (ENCODED_FOR_NOTHING.matcher(path).find()) {
      throw new Problem(MALFORMED, "The path has letters or digits that are encoded.");
    }
    try {
      URI.create(target.text());
      return target;
    } catch (IllegalArgumentException e) {
      throw new Problem(MALFORMED, "Path and query are no URI as RFC 3986 describes it.");
    }
  }

  /** As it stands in the request line. */
  String text() {
    return query == null ? path : path + "?" + query;
  }

  /** With the service that is asked. */
  URI at(URI service) {
    return URI.create(service + text());
  }
}
