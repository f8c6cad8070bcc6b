package dev.pulse.backend.access;

import dev.pulse.backend.platform.Problem;
import dev.pulse.model.Permission;
import dev.pulse.model.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/** Holds a request against {@link Routes}: what is not listed is not there, for nobody. */
@Component
public class RouteRules implements AuthorizationManager<RequestAuthorizationContext> {

  private static final ProblemKind NO_ROUTE =
      ProblemKind.NOT_FOUND.advising("Compare the request with /docs.");
  private static final ProblemKind WHO_ASKS =
      new ProblemKind(
          401,
          "LOGIN_REQUIRED",
          "It is not known who asks",
          "Sign in, refresh the session, or send a script token that is still valid.");
  private static final ProblemKind NOT_YOURS =
      new ProblemKind(
          403,
          "ACCESS_DENIED",
          "You may not do that",
          "Ask an administrator for a role with these permissions.");
  private static final ProblemKind NOT_BY_SCRIPT =
      new ProblemKind(
          403,
          "IN_PERSON_ONLY",
          "No script may do that",
          "Sign in with a browser; script tokens cannot change accounts.");
  private static final ProblemKind CHOOSE_PASSWORD =
      new ProblemKind(
          403,
          "PASSWORD_CHANGE_REQUIRED",
          "The password is a temporary one",
          "Choose a password of your own first: PUT /api/auth/password.");

  private static final ProblemKind SET_UP_SECOND_FACTOR =
      new ProblemKind(
          403,
          "SECOND_FACTOR_SETUP_REQUIRED",
          "Your role needs a second factor",
          "Set up an authenticator app first: POST /api/auth/second-factor.");

  /** A refusal that knows what to tell the client. */
  public record Refusal(Exception problem) implements AuthorizationResult {
    @Override
    public boolean isGranted() {
      return false;
    }
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
    var caller =
        authentication.get() instanceof CallerAuthentication known
            ? Optional.of(known.getPrincipal())
            : Optional.<Caller>empty();
    return decide(context.getRequest(), caller);
  }

  private static AuthorizationResult decide(HttpServletRequest request, Optional<Caller> caller) {
    var method = request.getMethod();
    var here = Routes.at(request.getRequestURI());
    if (here.isEmpty()) return refused(NO_ROUTE, "There is nothing at this path.");
    var route = here.stream().filter(each -> each.serves(method)).findFirst();
    if (route.isEmpty()) {
      return new Refusal(new HttpRequestMethodNotSupportedException(method, methods(here)));
    }
    var rule = route.get().rule();
    if (rule instanceof Rule.Anyone) return new AuthorizationDecision(true);
    return caller
        .map(known -> decide(rule, known))
        .orElseGet(() -> refused(WHO_ASKS, "Nobody is signed in, or no longer."));
  }

  private static AuthorizationResult decide(Rule rule, Caller caller) {
    if (rule.admits(caller)) return new AuthorizationDecision(true);
    var owes = caller.owes();
    if (owes != null) return refused(first(owes), "Nothing else is allowed before.");
    return switch (rule) {
      case Rule.Needs(var all) -> refused(NOT_YOURS, "It needs " + keys(all) + ".");
      case Rule.InPerson _, Rule.Entering _ -> refused(NOT_BY_SCRIPT, "A script token was sent.");
      case Rule.SignedIn _, Rule.Anyone _ -> throw new IllegalStateException("admits everybody");
    };
  }

  private static ProblemKind first(Caller.Duty duty) {
    return switch (duty) {
      case CHOOSE_PASSWORD -> CHOOSE_PASSWORD;
      case SET_UP_SECOND_FACTOR -> SET_UP_SECOND_FACTOR;
    };
  }

  private static Refusal refused(ProblemKind kind, String detail) {
    return new Refusal(new Problem(kind, detail));
  }

  private static List<String> methods(List<Route> routes) {
    return routes.stream().map(Route::method).map(HttpMethod::name).distinct().sorted().toList();
  }

  private static String keys(Set<Permission> permissions) {
    return permissions.stream().map(Permission::key).sorted().collect(Collectors.joining(", "));
  }
}
