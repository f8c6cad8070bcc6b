package dev.pulse.etl.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps web pages of other sites from using a browser on this network to reach the API: a name that
 * a page had pointed at this machine is refused, and so is a change that another site's page asks
 * for. Addresses in figures cannot be pointed elsewhere, so they need no list.
 */
@Component
@Order(0)
class OwnSiteOnly extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> hosts;

  /** {@code pulse.http.hosts}: names under which this service may be addressed. */
  OwnSiteOnly(@Value("${pulse.http.hosts:localhost,etl-service}") List<String> hosts) {
    this.hosts = Set.copyOf(hosts);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!named(request.getServerName())) {
      refuse(response, 421, "NOT_THIS_HOST", "Add the name to pulse.http.hosts.");
    } else if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))
        && !READING.contains(request.getMethod())) {
      refuse(response, 403, "CROSS_SITE", "Use the API from its own pages or from a program.");
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean named(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return hosts.contains(name) || name.matches("[0-9.]+") || name.contains(":");
  }

  private static void refuse(HttpServletResponse response, int status, String code, String remedy)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response
        .getWriter()
        .write(
            "{\"status\":%d,\"title\":\"Not for this site\",\"code\":\"%s\",\"remedy\":\"%s\"}"
                .formatted(status, code, remedy));
  }
}
