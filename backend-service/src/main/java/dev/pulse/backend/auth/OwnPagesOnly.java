package dev.pulse.backend.auth;

import dev.pulse.backend.access.Refusals;
import dev.pulse.backend.platform.Problem;
import dev.pulse.model.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other sites from acting with a user's cookies. They cannot add a header of their
 * own without asking first, which they are never allowed; nor can they add {@code Authorization}.
 */
final class OwnPagesOnly extends OncePerRequestFilter {

  static final String HEADER = "X-Pulse-Request";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private static final ProblemKind CROSS_SITE =
      new ProblemKind(
          403,
          "CROSS_SITE",
          "Pages of other sites have no say here",
          "Open the address in Pulse's own pages, or use a script token.");
  private static final ProblemKind HEADER_MISSING =
      new ProblemKind(
          403,
          "REQUEST_HEADER_MISSING",
          "It is not known which page asks",
          "Send the header X-Pulse-Request: 1 with everything that is not read only.");

  private final Refusals refusals;

  OwnPagesOnly(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      refusals.tell(request, response, new Problem(CROSS_SITE, "Another site's page has asked."));
    } else if (!READING.contains(request.getMethod()) && !vouchedFor(request)) {
      refusals.tell(request, response, new Problem(HEADER_MISSING, "The header is not there."));
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean vouchedFor(HttpServletRequest request) {
    return "1".equals(request.getHeader(HEADER))
        || request.getHeader(HttpHeaders.AUTHORIZATION) != null;
  }
}
