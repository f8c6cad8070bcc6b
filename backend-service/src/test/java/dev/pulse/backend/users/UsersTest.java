package dev.pulse.backend.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.model.Role;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UsersTest extends BackendTest {

  private static final String CHOSEN = "seventeen red herrings";

  @Test
  void the_first_start_makes_one_administrator() {
    var browser = browser();

    assertThat(browser.login("admin@localhost", FIRST_PASSWORD).status()).isEqualTo(200);
    assertThat(browser.get("/api/users").status()).isEqualTo(200);
    assertThat(
            jdbc.sql("select action from audit_event where actor = 'pulse' and reason = ?")
                .param("there was no user at all")
                .query(String.class)
                .list())
        .containsExactly("user.create");
  }

  @Test
  void a_user_enters_by_a_link_that_works_once() {
    var made = invite("new.one@example.org");
    var token = token(made.path("link"));

    assertThat(browser().login("new.one@example.org", CHOSEN).status()).isEqualTo(401);
    assertThat(choose(token, "short").status()).isEqualTo(400);
    assertThat(choose(token, CHOSEN).status()).isEqualTo(204);
    assertThat(choose(token, CHOSEN).code()).isEqualTo("LINK_OVER");

    assertThat(browser().login("new.one@example.org", CHOSEN).status()).isEqualTo(200);
  }

  @Test
  void of_two_who_use_a_link_at_once_one_succeeds() throws Exception {
    var token = token(invite("raced@example.org").path("link"));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var both =
          Stream.of("seventeen red herrings", "eighteen green frogs")
              .<Callable<Integer>>map(password -> () -> choose(token, password).status())
              .toList();
      var answers = threads.invokeAll(both);
      assertThat(Stream.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(204, 410);
    }
  }

  @Test
  void a_link_is_void_after_a_day_and_when_there_is_a_newer_one() {
    var made = invite("late@example.org");
    var id = made.at("/user/id").asLong();
    var newer = signedIn(Role.ADMIN).post("/api/users/%d/reset".formatted(id), "").json();

    assertThat(choose(token(made.path("link")), CHOSEN).status()).isEqualTo(410);
    clock.advance(Duration.ofHours(25));
    assertThat(choose(token(newer), CHOSEN).status()).isEqualTo(410);
  }

  @Test
  void a_reset_ends_whatever_could_enter_before() {
    var person = person(Role.ADMIN);
    var browser = signedIn(person);
    var link = signedIn(Role.ADMIN).post("/api/users/%d/reset".formatted(person.id()), "").json();
    assertThat(browser.get("/api/roles").status()).isEqualTo(200);

    choose(token(link), CHOSEN);

    assertThat(browser.get("/api/roles").status()).isEqualTo(401);
    assertThat(browser().login(person.email(), PASSWORD).status()).isEqualTo(401);
    assertThat(browser().login(person.email(), CHOSEN).status()).isEqualTo(200);
  }

  @Test
  void who_is_deactivated_is_out_within_seconds_and_stays_so() {
    var admin = signedIn(Role.ADMIN);
    var person = person(Role.OPERATOR);
    var browser = signedIn(person);

    assertThat(admin.post("/api/users/%d/deactivate".formatted(person.id()), "").status())
        .isEqualTo(200);

    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(browser.get("/api/roles").status()).isEqualTo(401));
    assertThat(browser.refresh().status()).isEqualTo(401);
    admin.post("/api/users/%d/activate".formatted(person.id()), "");
    assertThat(browser.refresh().status()).as("the session is not revived").isEqualTo(401);
    assertThat(signedIn(person).get("/api/roles").status()).isEqualTo(200);
  }

  @Test
  void another_role_counts_within_seconds_for_who_is_signed_in() {
    var person = person(Role.VIEWER);
    var browser = signedIn(person);
    assertThat(browser.get("/api/users").code()).isEqualTo("ACCESS_DENIED");

    var changed = signedIn(Role.ADMIN).put("/api/users/" + person.id(), change("ADMIN", 0));

    assertThat(changed.status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(browser.get("/api/users").status()).isEqualTo(200));
    var event = signedIn(Role.ADMIN).get("/api/audit?limit=50").json().path("items");
    assertThat(event.toString()).contains("\"user.update\"", "\"role\":\"VIEWER\"");
  }

  @Test
  void somebody_elses_change_meanwhile_is_noticed() {
    var person = person(Role.VIEWER);
    var admin = signedIn(Role.ADMIN);
    admin.put("/api/users/" + person.id(), change("OPERATOR", 0));

    assertThat(admin.put("/api/users/" + person.id(), change("ANALYST", 0)).code())
        .isEqualTo("CHANGED_MEANWHILE");
  }

  @Test
  void the_last_administrator_stays_one() {
    var admin = person(Role.ADMIN);
    var browser = signedIn(admin);
    jdbc.sql("update user_account set active = false where role = 'ADMIN' and id <> ?")
        .param(admin.id())
        .update();
    try {
      assertThat(browser.post("/api/users/%d/deactivate".formatted(admin.id()), "").code())
          .isEqualTo("LAST_ADMINISTRATOR");
      assertThat(browser.put("/api/users/" + admin.id(), change("VIEWER", 0)).code())
          .isEqualTo("LAST_ADMINISTRATOR");
    } finally {
      jdbc.sql("update user_account set active = true where role = 'ADMIN'").update();
    }
  }

  @Test
  void one_email_is_one_user_however_it_is_written() {
    invite("twice@example.org");

    var again =
        signedIn(Role.ADMIN)
            .post(
                "/api/users",
                "{\"email\":\"TWICE@example.org\",\"name\":\"x\",\"role\":\"VIEWER\",\"connections\":[]}");

    assertThat(again.code()).isEqualTo("EMAIL_TAKEN");
  }

  @Test
  void users_are_listed_page_by_page() {
    var admin = signedIn(Role.ADMIN);
    for (int i = 0; i < 3; i++) person(Role.VIEWER);

    var first = admin.get("/api/users?limit=2").json();
    var second = admin.get("/api/users?limit=2&cursor=" + first.path("next").asString()).json();

    assertThat(first.path("items")).hasSize(2);
    assertThat(second.path("items").path(0).path("id").asLong())
        .isGreaterThan(first.path("items").path(1).path("id").asLong());
    assertThat(first.toString()).doesNotContain("argon2", "hash");
    assertThat(admin.get("/api/users?limit=2&limit=3").json().at("/errors/0/field").asString())
        .isEqualTo("limit");
    assertThat(admin.get("/api/users?offset=2").json().at("/errors/0/field").asString())
        .isEqualTo("offset");
    assertThat(admin.get("/api/users?limit=201").status()).isEqualTo(400);
    assertThat(admin.get("/api/users/999999").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email | {\"email\":\"no mail\",\"name\":\"x\",\"role\":\"VIEWER\"}",
        "name | {\"email\":\"a@b\",\"name\":\"\",\"role\":\"VIEWER\"}",
        "role | {\"email\":\"a@b\",\"name\":\"x\",\"role\":\"GOD\"}",
        "role | {\"email\":\"a@b\",\"name\":\"x\"}",
        "active | {\"email\":\"a@b\",\"name\":\"x\",\"role\":\"VIEWER\",\"active\":true}",
        "passwordHash |"
            + " {\"email\":\"a@b\",\"name\":\"x\",\"role\":\"VIEWER\",\"passwordHash\":\"x\"}",
        "body | {\"email\":",
      })
  void bad_input_is_refused_by_field(String field, String json) {
    var reply = signedIn(Role.ADMIN).post("/api/users", json);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/field").asString()).isEqualTo(field);
  }

  @Test
  void users_change_their_own_name_and_nothing_else_about_themselves() {
    var browser = signedIn(Role.VIEWER);

    assertThat(
            browser
                .send("PATCH", "/api/auth/profile", "{\"name\":\"Ada\"}")
                .json()
                .at("/user/name")
                .asString())
        .isEqualTo("Ada");
    assertThat(
            browser
                .send("PATCH", "/api/auth/profile", "{\"name\":\"Ada\",\"role\":\"ADMIN\"}")
                .status())
        .isEqualTo(400);
  }

  private JsonNode invite(String email) {
    var reply =
        signedIn(Role.ADMIN)
            .post(
                "/api/users",
                "{\"email\":\"%s\",\"name\":\"x\",\"role\":\"VIEWER\",\"connections\":[1,5]}"
                    .formatted(email));
    assertThat(reply.status()).isEqualTo(201);
    return reply.json();
  }

  private static String token(JsonNode link) {
    var url = URI.create(link.path("url").asString());
    assertThat(url.getPath()).isEqualTo("/welcome");
    return url.getFragment();
  }

  private Browser.Reply choose(String token, String password) {
    return browser()
        .post(
            "/api/auth/link",
            JsonMapper.shared().writeValueAsString(Map.of("token", token, "password", password)));
  }

  private static String change(String role, long version) {
    return "{\"name\":\"x\",\"role\":\"%s\",\"connections\":null,\"version\":%d}"
        .formatted(role, version);
  }
}
