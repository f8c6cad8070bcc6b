package dev.pulse.etl.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses parameters that cannot be decoded. Tomcat reads them when they are asked for, and its
 * failure has the value in it: it must not get to where failures are logged.
 */
@Component
@Order(1)
class ReadableParameters extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (readable(request)) {
      chain.doFilter(request, response);
      return;
    }
    var kind = BareProblem.MALFORMED;
    response.setStatus(kind.status());
    response.setContentType(BareProblem.TYPE);
    response
        .getWriter()
        .write(BareProblem.json(kind, kind.status(), "A parameter cannot be decoded."));
  }

  private static boolean readable(HttpServletRequest request) {
    try {
      return request.getParameterMap() != null;
    } catch (IllegalStateException _) {
      return false;
    }
  }
}
