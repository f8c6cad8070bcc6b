package dev.pulse.backend.auth;

import dev.pulse.backend.access.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody ask too often, before anything is done for them. Every answer that was counted says
 * what is left; whether the service is well anybody may ask at any time.
 */
final class RateLimitFilter extends OncePerRequestFilter {

  private static final Set<String> NEVER = Set.of("/health", "/health/live", "/health/ready");

  private final Asker asker;
  private final Refusals refusals;

  RateLimitFilter(Asker asker, Refusals refusals) {
    this.asker = asker;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (NEVER.contains(request.getRequestURI())) {
      chain.doFilter(request, response);
      return;
    }
    var allowance = asker.spend(request);
    allowance.tell(response::setHeader);
    if (allowance.isGranted()) chain.doFilter(request, response);
    else refusals.tell(request, response, allowance.refusal());
  }
}
