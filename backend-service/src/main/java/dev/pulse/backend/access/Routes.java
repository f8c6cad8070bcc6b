package dev.pulse.backend.access;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.pulse.backend.access.Rule.Anyone;
import dev.pulse.backend.access.Rule.InPerson;
import dev.pulse.backend.access.Rule.Needs;
import dev.pulse.backend.access.Rule.SignedIn;
import dev.pulse.model.EtlRoutes;
import dev.pulse.model.Permission;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Every route that the gateway serves, its own and those of etl-service, and who may use it. What
 * is not in here does not exist for anybody; a test fails for a controller's route that is missing.
 */
public final class Routes {

  /** Under which the routes of etl-service are shown. */
  public static final String ETL = "/api/etl";

  private static final Rule ANYONE = new Anyone();
  private static final Rule SIGNED_IN = new SignedIn();
  private static final Rule IN_PERSON = new InPerson();

  private static final List<Route> OWN =
      List.of(
          route(GET, "/health", ANYONE),
          route(GET, "/health/live", ANYONE),
          route(GET, "/health/ready", ANYONE),
          route(GET, "/.well-known/jwks.json", ANYONE),
          route(GET, "/docs", ANYONE),
          route(GET, "/swagger-ui/**", ANYONE),
          route(GET, "/v3/api-docs", ANYONE),
          route(GET, "/v3/api-docs/swagger-config", ANYONE),
          route(POST, "/api/auth/login", ANYONE),
          route(POST, "/api/auth/refresh", ANYONE),
          route(POST, "/api/auth/logout", ANYONE),
          route(POST, "/api/auth/link", ANYONE),
          route(GET, "/api/auth/profile", IN_PERSON),
          route(PATCH, "/api/auth/profile", IN_PERSON),
          route(PUT, "/api/auth/password", IN_PERSON),
          route(GET, "/api/sessions", IN_PERSON),
          route(DELETE, "/api/sessions", IN_PERSON),
          route(DELETE, "/api/sessions/{id}", IN_PERSON),
          route(GET, "/api/tokens", IN_PERSON),
          route(POST, "/api/tokens", IN_PERSON),
          route(DELETE, "/api/tokens/{id}", IN_PERSON),
          route(GET, "/api/roles", SIGNED_IN),
          route(GET, "/api/users", needs(Permission.USERS_WRITE)),
          route(POST, "/api/users", needs(Permission.USERS_WRITE, Permission.ROLES_WRITE)),
          route(GET, "/api/users/{id}", needs(Permission.USERS_WRITE)),
          route(PUT, "/api/users/{id}", needs(Permission.USERS_WRITE, Permission.ROLES_WRITE)),
          route(POST, "/api/users/{id}/activate", needs(Permission.USERS_WRITE)),
          route(POST, "/api/users/{id}/deactivate", needs(Permission.USERS_WRITE)),
          route(
              POST, "/api/users/{id}/reset", needs(Permission.USERS_WRITE, Permission.ROLES_WRITE)),
          route(DELETE, "/api/users/{id}/sessions", needs(Permission.USERS_WRITE)),
          route(GET, "/api/audit", needs(Permission.AUDIT_READ)));

  private static final List<Route> OF_ETL =
      EtlRoutes.list().stream()
          .map(
              each ->
                  route(
                      HttpMethod.valueOf(each.method()),
                      ETL + each.path(),
                      needs(each.permission())))
          .toList();

  private static final List<Route> ALL = Stream.concat(OWN.stream(), OF_ETL.stream()).toList();

  private Routes() {}

  /** The whole table, for the documentation and the tests. */
  public static List<Route> all() {
    return ALL;
  }

  /** Those that this service answers itself. */
  public static List<Route> own() {
    return OWN;
  }

  /** Whether etl-service answers it. */
  public static boolean isOfEtl(String method, String path) {
    return at(OF_ETL, path).stream().anyMatch(route -> route.serves(method));
  }

  /** Whether it hands out a file, which takes longer and costs more than an answer. */
  public static boolean isDownload(String path) {
    return path.contains("/download/") || path.endsWith("/export");
  }

  /** The lines of a path, whatever the method; the most exact first. */
  static List<Route> at(String path) {
    return at(ALL, path);
  }

  private static List<Route> at(List<Route> routes, String path) {
    var asked = PathContainer.parsePath(path);
    return routes.stream()
        .filter(route -> route.matches(asked))
        .sorted(Comparator.comparing(Route::path, PathPattern.SPECIFICITY_COMPARATOR))
        .toList();
  }

  private static Route route(HttpMethod method, String path, Rule rule) {
    return Route.of(method, path, rule);
  }

  private static Rule needs(Permission... permissions) {
    return new Needs(Set.of(permissions));
  }
}
