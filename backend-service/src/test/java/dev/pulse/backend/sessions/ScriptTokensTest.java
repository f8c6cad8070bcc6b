package dev.pulse.backend.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.model.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class ScriptTokensTest extends BackendTest {

  private static final String ADMINISTERS =
      "{\"name\":\"nightly\",\"permissions\":[\"users:write\",\"audit:read\"],\"days\":30}";

  @Autowired Callers callers;

  @Test
  void the_secret_is_shown_once_and_stored_nowhere() {
    var admin = signedIn(Role.ADMIN);

    var made = admin.post("/api/tokens", ADMINISTERS);

    assertThat(made.status()).isEqualTo(201);
    var secret = made.json().path("secret").asString();
    assertThat(secret).matches("pulse_pat_[A-Za-z0-9_-]{43}");
    var listed = admin.get("/api/tokens");
    assertThat(listed.json().at("/items/0/hint").asString()).isEqualTo(secret.substring(49));
    assertThat(listed.http().body()).doesNotContain(secret);
    assertThat(
            jdbc.sql("select count(*) from script_token t where t::text like ?")
                .param("%" + secret + "%")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(
            jdbc.sql("select count(*) from audit_event a where a::text like ?")
                .param("%" + secret + "%")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_script_may_what_its_token_says_and_nothing_that_takes_a_person() {
    var admin = signedIn(Role.ADMIN);
    var script = script(admin);

    assertThat(script.get("/api/users").status()).isEqualTo(200);
    assertThat(script.get("/api/audit").status()).isEqualTo(200);
    assertThat(script.post("/api/users", "{}").code()).isEqualTo("ACCESS_DENIED");
    assertThat(script.get("/api/tokens").code()).isEqualTo("IN_PERSON_ONLY");
    assertThat(script.post("/api/tokens", ADMINISTERS).code()).isEqualTo("IN_PERSON_ONLY");
    assertThat(script.put("/api/auth/password", "{}").code()).isEqualTo("IN_PERSON_ONLY");
    assertThat(admin.get("/api/tokens").json().at("/items/0/lastUsedAt").asString())
        .isEqualTo(clock.instant().toString());
  }

  @Test
  void a_script_never_may_more_than_its_user() {
    var person = person(Role.ADMIN);
    var browser = signedIn(person);
    var script = script(browser);
    assertThat(script.get("/api/users").status()).isEqualTo(200);

    signedIn(Role.ADMIN)
        .put(
            "/api/users/" + person.id(),
            "{\"name\":\"x\",\"role\":\"OPERATOR\",\"connections\":null,\"version\":0}");

    await().untilAsserted(() -> assertThat(script.get("/api/users").status()).isEqualTo(403));
    assertThat(browser.post("/api/tokens", ADMINISTERS).json().at("/errors/0/field").asString())
        .isEqualTo("permissions");
  }

  @Test
  void a_token_ends_when_its_time_has_come_or_its_user_says_so() {
    var admin = signedIn(Role.ADMIN);
    var script = script(admin);
    var other = script(admin);

    var id = admin.get("/api/tokens").json().at("/items/0/id").asLong();
    assertThat(signedIn(Role.ADMIN).delete("/api/tokens/" + id).status()).isEqualTo(404);
    assertThat(admin.delete("/api/tokens/" + id).status()).isEqualTo(204);

    assertThat(other.get("/api/users").status()).isEqualTo(401);
    assertThat(script.get("/api/users").status()).isEqualTo(200);
    clock.advance(Duration.ofDays(31));
    callers.recheck();
    assertThat(script.get("/api/users").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer pulse_pat_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "Bearer x",
    "Basic YWRtaW46YWRtaW4=",
    "Bearer",
  })
  void what_is_no_token_of_ours_is_nobody_whatever_cookies_come_with_it(String authorization) {
    var browser = signedIn(Role.ADMIN).with("Authorization", authorization);

    assertThat(browser.get("/api/users").code()).isEqualTo("LOGIN_REQUIRED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permissions | {\"name\":\"x\",\"permissions\":[\"all\"],\"days\":1}",
        "permissions | {\"name\":\"x\",\"permissions\":[],\"days\":1}",
        "days | {\"name\":\"x\",\"permissions\":[\"jobs:read\"],\"days\":366}",
        "days | {\"name\":\"x\",\"permissions\":[\"jobs:read\"]}",
        "name | {\"name\":\" \",\"permissions\":[\"jobs:read\"],\"days\":1}",
        "userId | {\"name\":\"x\",\"permissions\":[\"jobs:read\"],\"days\":1,\"userId\":1}",
      })
  void bad_input_is_refused_by_field(String field, String json) {
    var reply = signedIn(Role.VIEWER).post("/api/tokens", json);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/field").asString()).isEqualTo(field);
  }

  private Browser script(Browser owner) {
    var secret = owner.post("/api/tokens", ADMINISTERS).json().path("secret").asString();
    return browser().without("X-Pulse-Request").with("Authorization", "Bearer " + secret);
  }
}
