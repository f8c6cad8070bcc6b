package dev.pulse.backend.audit;

import dev.pulse.backend.access.CallerAuthentication;
import dev.pulse.backend.access.RouteRules.Refusal;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.platform.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.event.AuthorizationDeniedEvent;
import org.springframework.stereotype.Component;

/** Writes down who tried what they may not. Nobodies and wrong addresses are the log's business. */
@Component
class RefusedAccess {

  private final Audit audit;

  RefusedAccess(Audit audit) {
    this.audit = audit;
  }

  @EventListener
  void refused(AuthorizationDeniedEvent<?> event) {
    if (event.getAuthentication().get() instanceof CallerAuthentication caller
        && event.getObject() instanceof HttpServletRequest request
        && event.getAuthorizationResult() instanceof Refusal(Problem problem)
        && problem.kind().status() == HttpStatus.FORBIDDEN.value()) {
      var route = request.getMethod() + " " + request.getRequestURI();
      audit.refused(
          caller.getName(), "access.refuse", new Target("route", route), problem.kind().code());
    }
  }
}
