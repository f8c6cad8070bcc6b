package dev.pulse.frontend.relay;

import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * Which headers go from the browser to the gateway, and back. Those that concern one connection
 * only stay where they are, and nobody outside can say for whom the request is.
 */
final class PassedHeaders {

  private static final Set<String> OF_ONE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /** Set here or by the client that sends, or for nobody to claim. */
  private static final Set<String> NEVER_ASKED =
      Set.of(
          "host",
          "content-length",
          "expect",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-forwarded-port",
          "x-forwarded-prefix",
          "x-real-ip",
          "x-request-id");

  private PassedHeaders() {}

  /** Copies what passes, and says from where the request has come. */
  static void ask(HttpServletRequest from, HttpRequest.Builder to) {
    for (var name : Collections.list(from.getHeaderNames())) {
      var lower = name.toLowerCase(Locale.ROOT);
      if (OF_ONE_CONNECTION.contains(lower) || NEVER_ASKED.contains(lower)) continue;
      for (var value : Collections.list(from.getHeaders(name))) to.header(name, value);
    }
    to.header("X-Forwarded-For", hops(from));
  }

  /** What proxies in front have written, and at the right the one that this service has seen. */
  private static String hops(HttpServletRequest from) {
    var hops = new StringBuilder();
    for (var line : Collections.list(from.getHeaders("X-Forwarded-For"))) {
      hops.append(line).append(", ");
    }
    return hops.append(from.getRemoteAddr()).toString();
  }

  /** Whether a header of the gateway's answer goes on to the browser. */
  static boolean answers(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return !OF_ONE_CONNECTION.contains(lower) && !lower.startsWith(":");
  }
}
