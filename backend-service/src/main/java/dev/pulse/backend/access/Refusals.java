package dev.pulse.backend.access;

import dev.pulse.backend.access.RouteRules.Refusal;
import dev.pulse.backend.platform.Problem;
import dev.pulse.model.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Gives what filters refuse the same shape as what controllers refuse. */
@Component
public class Refusals
    implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

  private static final ProblemKind MALFORMED =
      new ProblemKind(
          400,
          "MALFORMED_REQUEST",
          "The request is not well-formed",
          "Send the path without encoded slashes, dots, semicolons or control characters.");

  private final HandlerExceptionResolver problems;

  Refusals(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  /** Tells a client, from a filter, what is wrong. */
  public void tell(HttpServletRequest request, HttpServletResponse response, Exception problem) {
    problems.resolveException(request, response, null, problem);
  }

  /** Nobody is signed in: Spring Security has wrapped the refusal once more. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
    tell(request, response, problem(failure.getCause()));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure) {
    tell(request, response, problem(failure));
  }

  /** The firewall's own words quote the request, so they are not repeated. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException failure) {
    tell(request, response, new Problem(MALFORMED, "It could be understood in more than one way."));
  }

  private static Exception problem(@Nullable Throwable failure) {
    if (failure instanceof AuthorizationDeniedException denied
        && denied.getAuthorizationResult() instanceof Refusal(var problem)) {
      return problem;
    }
    throw new IllegalStateException("refused by nobody known", failure);
  }
}
