package dev.pulse.backend.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendTest;
import dev.pulse.model.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LoginTest extends BackendTest {

  @Test
  void a_login_answers_the_profile_and_keeps_its_tokens_in_cookies_that_no_script_can_read() {
    var person = person(Role.OPERATOR);
    var browser = browser();

    var reply = browser.login(person.email().toUpperCase(Locale.ROOT), PASSWORD);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().propertyNames())
        .containsExactlyInAnyOrder("user", "permissions", "insecure", "secondFactorMissing");
    assertThat(reply.json().path("user").path("email").asString()).isEqualTo(person.email());
    assertThat(reply.json().path("permissions").toString()).contains("jobs:control");
    var cookies = reply.http().headers().allValues("Set-Cookie");
    assertThat(cookies).hasSize(3).allMatch(each -> each.contains("; HttpOnly; SameSite=Strict"));
    assertThat(cookies.get(0)).startsWith("pulse=ey").contains("; Path=/;", "; Max-Age=300;");
    assertThat(cookies.get(1)).startsWith("pulse-refresh=").contains("; Path=/api/auth;");
    assertThat(reply.http().body()).doesNotContain(browser.cookie("pulse"), "pulse-refresh");
    assertThat(browser.get("/api/auth/profile").json()).isEqualTo(reply.json());
    assertThat(audit().getFirst()).startsWith("session.start ");
  }

  @Test
  void nobody_learns_from_a_refusal_what_was_wrong() {
    var person = person(Role.VIEWER);
    var gone = person(Role.VIEWER);
    signedIn(Role.ADMIN).post("/api/users/%d/deactivate".formatted(gone.id()), "");

    var answers =
        List.of(
            browser().login(person.email(), "not the password"),
            browser().login("nobody@example.org", PASSWORD),
            browser().login(gone.email(), PASSWORD));

    for (var answer : answers) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.http().headers().allValues("Set-Cookie")).isEmpty();
      var body = (ObjectNode) answer.json();
      assertThat(body.remove(List.of("requestId")))
          .isEqualTo(((ObjectNode) answers.getFirst().json()).remove(List.of("requestId")));
    }
    assertThat(audit()).contains("session.refuse unknown", "session.refuse " + gone.id());
  }

  @Test
  void a_login_never_goes_on_with_the_session_that_was_there() {
    var person = person(Role.VIEWER);
    var browser = signedIn(person);
    var before = browser.cookie("pulse-refresh");

    browser.login(person.email(), PASSWORD);

    assertThat(browser.cookie("pulse-refresh").split("\\.")[1])
        .isNotEqualTo(before.split("\\.")[1]);
  }

  @Test
  void what_was_copied_is_worth_nothing_after_a_logout() {
    var browser = signedIn(Role.VIEWER);
    var copy = browser.copy();

    var reply = browser.post("/api/auth/logout", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("Clear-Site-Data")).contains("\"cache\", \"storage\"");
    assertThat(browser.cookie("pulse") + browser.cookie("pulse-refresh")).isEmpty();
    assertThat(copy.get("/api/auth/profile").code()).isEqualTo("LOGIN_REQUIRED");
    assertThat(copy.refresh().code()).isEqualTo("SESSION_OVER");
  }

  @Test
  void a_logout_ends_the_session_also_when_only_the_refresh_cookie_is_left() {
    var browser = signedIn(Role.VIEWER);
    var copy = browser.copy();

    browser.withCookie("pulse", "expired").post("/api/auth/logout", "");

    assertThat(copy.get("/api/auth/profile").status()).isEqualTo(401);
  }

  @Test
  void pages_of_other_sites_cannot_act() {
    var browser = signedIn(Role.VIEWER);

    assertThat(browser.copy().without("X-Pulse-Request").post("/api/auth/logout", "").code())
        .isEqualTo("REQUEST_HEADER_MISSING");
    assertThat(browser.copy().with("Sec-Fetch-Site", "cross-site").get("/api/roles").code())
        .isEqualTo("CROSS_SITE");
    assertThat(
            browser
                .copy()
                .with("Sec-Fetch-Site", "cross-site")
                .post("/api/auth/login", "{}")
                .code())
        .isEqualTo("CROSS_SITE");
    assertThat(browser.copy().with("Sec-Fetch-Site", "same-origin").get("/api/roles").status())
        .isEqualTo(200);
    assertThat(browser.copy().without("X-Pulse-Request").get("/api/roles").status()).isEqualTo(200);
    var preflight =
        browser.copy().with("Origin", "https://evil.example").send("OPTIONS", "/api/roles", "");
    assertThat(preflight.status()).isEqualTo(405);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void two_cookies_of_one_name_count_as_none() {
    var browser = signedIn(Role.VIEWER);

    var planted =
        browser.copy().withCookie("x", "y; pulse=" + browser.cookie("pulse")).get("/api/roles");

    assertThat(planted.status()).isEqualTo(401);
  }

  @Test
  void another_password_ends_the_other_sessions_and_keeps_this_one() {
    var person = person(Role.VIEWER);
    var browser = signedIn(person);
    var elsewhere = signedIn(person);

    var reply = browser.put("/api/auth/password", passwords(PASSWORD, "seventeen red herrings"));

    assertThat(reply.status()).isEqualTo(204);
    assertThat(browser.get("/api/roles").status()).isEqualTo(200);
    assertThat(elsewhere.get("/api/roles").status()).isEqualTo(401);
    assertThat(elsewhere.refresh().status()).isEqualTo(401);
    assertThat(browser().login(person.email(), PASSWORD).status()).isEqualTo(401);
    assertThat(browser().login(person.email(), "seventeen red herrings").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "not my password at all, seventeen red herrings, current",
    "sixteen blue whales, too short, password",
    "sixteen blue whales, sixteen blue whales, password",
    "sixteen blue whales, Password2026!!, password",
    "sixteen blue whales, abcabcabcabc, password",
  })
  void another_password_is_refused_by_field(String current, String wanted, String field) {
    var reply = signedIn(Role.VIEWER).put("/api/auth/password", passwords(current, wanted));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    assertThat(reply.http().body()).doesNotContain(wanted);
  }

  @Test
  void with_a_temporary_password_nothing_is_allowed_but_to_choose_another() {
    var person = person(Role.ADMIN);
    jdbc.sql("update user_account set password_temporary = true where id = ?")
        .param(person.id())
        .update();
    var browser = signedIn(person);

    assertThat(browser.get("/api/users").code()).isEqualTo("PASSWORD_CHANGE_REQUIRED");
    assertThat(browser.get("/api/auth/profile").json().at("/user/passwordTemporary").asBoolean())
        .isTrue();
    browser.put("/api/auth/password", passwords(PASSWORD, "seventeen red herrings"));

    await().untilAsserted(() -> assertThat(browser.get("/api/users").status()).isEqualTo(200));
  }

  @Test
  void what_is_not_asked_for_is_refused_and_named() {
    var reply =
        browser()
            .post("/api/auth/login", "{\"email\":\"a@b\",\"password\":\"x\",\"role\":\"ADMIN\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/field").asString()).isEqualTo("role");
  }

  private static String passwords(String current, String wanted) {
    return JsonMapper.shared().writeValueAsString(Map.of("current", current, "password", wanted));
  }
}
