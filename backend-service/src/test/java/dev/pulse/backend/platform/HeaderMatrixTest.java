package dev.pulse.backend.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser.Reply;
import dev.pulse.backend.access.Routes;
import dev.pulse.model.Role;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** What browsers are told, on every route and every kind of answer, behind TLS. */
@TestPropertySource(properties = "pulse.public-url=https://pulse.example")
class HeaderMatrixTest extends BackendTest {

  private static final Map<String, String> WANTED =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store",
          "Strict-Transport-Security", "max-age=63072000; includeSubDomains");

  @Test
  void every_route_has_them_for_nobody_and_for_somebody() {
    var admin = signedIn(Role.ADMIN);
    for (var route : Routes.all()) {
      var path =
          route
              .path()
              .getPatternString()
              .replaceAll("\\{[a-z]+}", "999999")
              .replace("**", "index.html");
      check(browser().send(route.method().name(), path, ""), path);
      if (!path.contains("logout") && !path.equals("/api/sessions")) {
        check(admin.copy().send(route.method().name(), path, ""), path);
      }
    }
  }

  @Test
  void every_kind_of_refusal_has_them() {
    var admin = signedIn(Role.ADMIN);
    var refusals = new TreeMap<Integer, Reply>();
    refusals.put(400, admin.post("/api/users", "{"));
    refusals.put(401, browser().get("/api/users"));
    refusals.put(403, signedIn(Role.VIEWER).get("/api/users"));
    refusals.put(404, admin.get("/api/users/999999"));
    refusals.put(405, admin.delete("/api/users"));
    refusals.put(410, browser().post("/api/auth/link", "{\"token\":\"x\",\"password\":\"y\"}"));
    refusals.put(413, admin.post("/api/users", "\"" + "x".repeat(1_100_000) + "\""));
    refusals.put(415, admin.copy().with("Content-Type", "text/plain").post("/api/users", ""));

    refusals.forEach(
        (status, reply) -> {
          assertThat(reply.status()).isEqualTo(status);
          check(reply, "status " + status);
          assertThat(reply.header("Content-Type")).contains("application/problem+json");
          for (var part : new String[] {"type", "title", "detail", "code", "remedy", "requestId"}) {
            assertThat(reply.json().path(part).asString()).as(part).isNotBlank();
          }
        });
  }

  @Test
  void the_cookies_are_bound_to_this_host_and_to_tls() {
    var cookies =
        browser()
            .login(person(Role.VIEWER).email(), PASSWORD)
            .http()
            .headers()
            .allValues("Set-Cookie");

    assertThat(cookies.get(0))
        .startsWith("__Host-pulse=")
        .contains("; Path=/;")
        .doesNotContain("Domain");
    assertThat(cookies.get(1)).startsWith("__Secure-pulse-refresh=").contains("; Path=/api/auth;");
    assertThat(cookies).allMatch(each -> each.contains("; Secure; HttpOnly; SameSite=Strict"));
  }

  private static void check(Reply reply, String what) {
    WANTED.forEach(
        (name, value) -> assertThat(reply.header(name)).as(what + " " + name).contains(value));
    assertThat(reply.header("Content-Security-Policy").orElse(""))
        .as(what)
        .contains(
            "default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe-eval");
    assertThat(reply.header("Server")).as(what).isEmpty();
    assertThat(reply.header("X-Request-Id")).as(what).isPresent();
    assertThat(reply.http().body()).as(what).doesNotContain("Exception", "\tat ");
  }
}
