package dev.pulse.backend.auth;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.CallerAuthentication;
import dev.pulse.backend.access.Refusals;
import dev.pulse.backend.sessions.Callers;
import dev.pulse.backend.sessions.ScriptTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who asks: by the script token if one is sent, else by the session's cookie. Whether
 * that is enough is for {@link dev.pulse.backend.access.Routes} to say. Tokens from a network that
 * has sent too many wrong ones are not looked up, as that costs a question to the database.
 */
final class CallerFilter extends OncePerRequestFilter {

  private static final Pattern BEARER =
      Pattern.compile("Bearer (" + ScriptTokens.PREFIX + "[A-Za-z0-9_-]{43})");

  private final Callers callers;
  private final Cookies cookies;
  private final AccessTokens accessTokens;
  private final Asker asker;
  private final Refusals refusals;

  CallerFilter(
      Callers callers, Cookies cookies, AccessTokens accessTokens, Asker asker, Refusals refusals) {
    this.callers = callers;
    this.cookies = cookies;
    this.accessTokens = accessTokens;
    this.asker = asker;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller;
    try {
      caller = caller(request);
    } catch (DataAccessException away) {
      refusals.tell(request, response, away);
      return;
    }
    caller.ifPresent(
        known -> {
          var context = SecurityContextHolder.createEmptyContext();
          context.setAuthentication(new CallerAuthentication(known));
          SecurityContextHolder.setContext(context);
        });
    chain.doFilter(request, response);
  }

  private Optional<Caller> caller(HttpServletRequest request) {
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return cookies.access(request).flatMap(accessTokens::session).flatMap(callers::ofSession);
    }
    var bearer = BEARER.matcher(authorization);
    return bearer.matches() && !asker.isResting(request)
        ? callers.ofScript(bearer.group(1))
        : Optional.empty();
  }
}
