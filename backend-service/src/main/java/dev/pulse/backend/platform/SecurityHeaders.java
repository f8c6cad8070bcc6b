package dev.pulse.backend.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the browser what it must not do with an answer. Written before anything else looks at the
 * request, so that no status and no refusal leaves without.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityHeaders extends OncePerRequestFilter {

  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; object-src 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** The documentation is a page: it may load what this service itself serves. */
  private static final String DOCUMENTATION =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final PublicAddress address;

  SecurityHeaders(PublicAddress address) {
    this.address = address;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    writeAlways(response::setHeader);
    var documentation = request.getRequestURI().startsWith("/swagger-ui/");
    if (documentation) response.setHeader("Content-Security-Policy", DOCUMENTATION);
    if (address.usesTls()) {
      response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
    }
    chain.doFilter(request, response);
  }

  /** Those that do not depend on anything. */
  static void writeAlways(BiConsumer<String, String> answer) {
    answer.accept("Content-Security-Policy", NOTHING);
    answer.accept("X-Content-Type-Options", "nosniff");
    answer.accept("X-Frame-Options", "DENY");
    answer.accept("Referrer-Policy", "no-referrer");
    answer.accept("Cross-Origin-Opener-Policy", "same-origin");
    answer.accept("Cross-Origin-Resource-Policy", "same-origin");
    answer.accept("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    answer.accept("Cache-Control", "no-store");
  }
}
