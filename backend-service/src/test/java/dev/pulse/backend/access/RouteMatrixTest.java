package dev.pulse.backend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.backend.access.Rule.Anyone;
import dev.pulse.backend.access.Rule.Entering;
import dev.pulse.backend.access.Rule.InPerson;
import dev.pulse.backend.access.Rule.Needs;
import dev.pulse.backend.access.Rule.SignedIn;
import dev.pulse.model.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route x method x role, and nobody: made from the table, so a new line is tested too. */
class RouteMatrixTest extends BackendTest {

  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private static final Path DOCUMENTED = Path.of("../docs/api/routes.md");
  private static final String INTRODUCTION =
      """
      # Routes of the gateway

      Who may use what. This table is made from `access/Routes.java` and, for `/api/etl`, shared-model's `EtlRoutes`, which the gateway enforces; what is not in it is answered with 404 to everybody.
      A script token may do what was chosen when it was made, and never more than its user.

      """;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping handlers;

  @Test
  void the_table_and_the_controllers_name_the_same_routes() {
    var served = new TreeSet<String>();
    handlers
        .getHandlerMethods()
        .forEach(
            (mapping, handler) -> {
              for (var path : mapping.getPatternValues()) {
                for (var method : mapping.getMethodsCondition().getMethods()) {
                  served.add(method + " " + path);
                }
              }
            });
    served.remove("GET /v3/api-docs.yaml"); // springdoc's; JSON is enough, so nobody gets it
    var listed =
        Routes.own().stream()
            .map(route -> route.method() + " " + route.path())
            .filter(route -> !route.equals("GET /swagger-ui/**")) // files, not a controller
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(served)
        .as("a controller's route that is missing in Routes is denied to everybody")
        .isEqualTo(listed);
  }

  @Test
  void the_documented_table_is_this_one() throws Exception {
    var table = new StringBuilder("| method | path | who | roles |\n|---|---|---|---|\n");
    for (var route : Routes.all()) {
      table.append(
          "| %s | `%s` | %s | %s |%n"
              .formatted(
                  route.method(),
                  route.path().getPatternString(),
                  who(route.rule()),
                  roles(route)));
    }
    if (Boolean.getBoolean("pulse.openapi.write"))
      Files.writeString(DOCUMENTED, INTRODUCTION + table);

    assertThat(Files.readString(DOCUMENTED))
        .as(
            "docs/api/routes.md is stale: refresh it with ./mvnw -pl backend-service -am test"
                + " -Dtest=RouteMatrixTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dpulse.openapi.write=true")
        .isEqualTo(INTRODUCTION + table);
  }

  private static String who(Rule rule) {
    return switch (rule) {
      case Anyone _ -> "anyone";
      case SignedIn _ -> "signed in, or a script";
      case InPerson _ -> "signed in; no script";
      case Entering _ -> "signed in; no script; comes before all else";
      case Needs(var permissions) ->
          permissions.stream()
              .map(each -> "`" + each.key() + "`")
              .sorted()
              .collect(Collectors.joining(", "));
    };
  }

  private static String roles(Route route) {
    return Stream.of(Role.values())
        .filter(role -> allowed(route.rule(), role))
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  @Test
  void what_somebody_may_not_is_written_down() {
    var viewer = signedIn(Role.VIEWER);

    viewer.delete("/api/users/7/sessions");

    assertThat(audit().getFirst()).isEqualTo("access.refuse DELETE /api/users/7/sessions");
  }

  @TestFactory
  Stream<DynamicTest> every_role_may_what_the_table_says_and_nothing_else() {
    var browsers = new EnumMap<Role, Browser>(Role.class);
    for (var role : Role.values()) browsers.put(role, signedIn(role));
    return paths()
        .flatMap(
            path ->
                METHODS.stream()
                    .map(
                        method ->
                            DynamicTest.dynamicTest(
                                method + " " + path, () -> check(method, path, browsers))));
  }

  private void check(String method, String path, Map<Role, Browser> browsers) {
    var asked = path.replaceAll("\\{[a-z]+}", "999999").replace("/**", "/index.html");
    var rule =
        Routes.at(asked).stream()
            .filter(route -> route.serves(method))
            .map(Route::rule)
            .findFirst()
            .orElse(null);
    var nobody = browser().send(method, asked, body(method)).code();
    if (rule == null) {
      assertThat(nobody).isEqualTo("METHOD_NOT_ALLOWED");
    } else if (!(rule instanceof Anyone)) {
      assertThat(nobody).isEqualTo("LOGIN_REQUIRED");
    }
    for (var role : Role.values()) {
      var code =
          signedInAgain(path, method, role, browsers).send(method, asked, body(method)).code();
      if (rule == null) {
        assertThat(code).as(role.name()).isEqualTo("METHOD_NOT_ALLOWED");
      } else if (allowed(rule, role)) {
        assertThat(code)
            .as(role.name())
            .isNotIn("ACCESS_DENIED", "LOGIN_REQUIRED", "METHOD_NOT_ALLOWED");
      } else {
        assertThat(code).as(role.name()).isEqualTo("ACCESS_DENIED");
      }
    }
  }

  /** The table's own words, read once more and independently of {@link Rule#admits}. */
  private static boolean allowed(Rule rule, Role role) {
    return switch (rule) {
      case Anyone _, SignedIn _, InPerson _, Entering _ -> true;
      case Needs(var permissions) ->
          permissions.stream().allMatch(each -> role.permissions().contains(each));
    };
  }

  /** Ending all sessions, or signing out, costs the session. */
  private Browser signedInAgain(
      String path, String method, Role role, Map<Role, Browser> browsers) {
    var route = method + " " + path;
    boolean costly = route.equals("POST /api/auth/logout") || route.equals("DELETE /api/sessions");
    return costly ? signedIn(role) : Objects.requireNonNull(browsers.get(role)).copy();
  }

  private static Stream<String> paths() {
    return Routes.all().stream().map(route -> route.path().getPatternString()).distinct();
  }

  /** Nothing that any route would accept. */
  private static String body(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH")
        ? "{\"nothing\":1}"
        : "";
  }
}
