package dev.pulse.etl.platform.access;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.EtlRoute;
import dev.pulse.model.EtlRoutes;
import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.Refusal;
import dev.pulse.model.signing.VisibleConnections;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Holds each request against the table of routes. It goes by the pattern that was chosen to serve
 * the request, so no spelling of a path leads around it.
 */
@Component
class RouteAccess implements HandlerInterceptor {

  private static final Map<String, EtlRoute> ROUTES =
      EtlRoutes.list().stream()
          .collect(
              toUnmodifiableMap(
                  route -> route.method() + " " + EtlRoutes.PREFIX + route.path(), identity()));

  private final InternalSettings settings;
  private final RefusedRequests refused;

  RouteAccess(InternalSettings settings, RefusedRequests refused) {
    this.settings = settings;
    this.refused = refused;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    var pattern =
        String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    if (!settings.signed() || !pattern.startsWith("/api/")) return true;
    if (!(request.getAttribute(SignedRequests.IDENTITY) instanceof Identity caller)) {
      var reason = new Refusal.Unsigned();
      throw refused.of(request, HttpStatus.UNAUTHORIZED, reason.code(), reason.sentence());
    }
    var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    var route = ROUTES.get(method + " " + pattern);
    if (route == null) throw denied(request, "It is not in the table of routes.");
    check(route, caller, request);
    return true;
  }

  private void check(EtlRoute route, Identity caller, HttpServletRequest request) {
    if (!caller.permissions().contains(route.permission())) {
      throw denied(request, "It needs %s.".formatted(route.permission().key()));
    }
    switch (route.reach()) {
      case VISIBLE -> {} // the route itself answers with no others
      case ALL -> {
        if (!caller.connections().equals(VisibleConnections.all())) {
          throw denied(request, "It is about all connections, and you see only some.");
        }
      }
      case CONNECTION -> requireVisible(route, caller, request);
    }
  }

  /** What is not seen is answered like what is not there. */
  private static void requireVisible(EtlRoute route, Identity caller, HttpServletRequest request) {
    if (caller.connections().equals(VisibleConnections.all())) return;
    var id = id(request);
    // digits alone: Spring takes other spellings of a number too, and nobody who sees some needs
    // them
    if (!id.matches("[1-9][0-9]{0,17}") || !caller.connections().includes(Long.parseLong(id))) {
      throw Problem.notFound(route.path().startsWith("/jobs") ? "job" : "connection", id);
    }
  }

  private static String id(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        ? String.valueOf(variables.get("id"))
        : "";
  }

  private Problem denied(HttpServletRequest request, String detail) {
    return refused.of(request, HttpStatus.FORBIDDEN, "ACCESS_DENIED", detail);
  }
}
