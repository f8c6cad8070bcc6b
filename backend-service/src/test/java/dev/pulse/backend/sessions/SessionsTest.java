package dev.pulse.backend.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.model.Role;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionsTest extends BackendTest {

  private static final String PROFILE = "/api/auth/profile";

  @Test
  void a_session_that_is_used_goes_on_and_one_that_is_not_ends_after_half_an_hour() {
    var browser = signedIn(Role.VIEWER);
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofMinutes(29));
      assertThat(browser.get(PROFILE).status()).as("the access token has expired").isEqualTo(401);
      assertThat(browser.refresh().status()).isEqualTo(204);
      assertThat(browser.get(PROFILE).status()).isEqualTo(200);
    }

    clock.advance(Duration.ofMinutes(31));

    assertThat(browser.refresh().code()).isEqualTo("SESSION_OVER");
  }

  @Test
  void a_session_ends_after_twelve_hours_however_much_it_is_used() {
    var browser = signedIn(Role.VIEWER);
    for (int minutes = 25; minutes < 12 * 60; minutes += 25) {
      clock.advance(Duration.ofMinutes(25));
      assertThat(browser.refresh().status()).isEqualTo(204);
    }

    clock.advance(Duration.ofMinutes(25));

    assertThat(browser.refresh().status()).isEqualTo(401);
    assertThat(browser.get(PROFILE).status()).isEqualTo(401);
  }

  @Test
  void sessions_are_listed_with_device_and_last_use_and_ended_one_by_one() {
    var person = person(Role.VIEWER);
    var phone =
        browser()
            .from("203.0.113.77")
            .with("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Safari/604.1");
    phone.login(person.email(), PASSWORD);
    var then = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    var desk = signedIn(person);

    var listed = desk.get("/api/sessions").json().path("items");

    assertThat(listed).hasSize(2);
    assertThat(listed.path(0).path("device").asString()).isEqualTo("Firefox on Linux");
    assertThat(listed.path(0).path("current").asBoolean()).isTrue();
    assertThat(listed.path(1).path("device").asString()).isEqualTo("Safari on iOS");
    assertThat(listed.path(1).path("address").asString()).isEqualTo("203.0.113.77");
    assertThat(listed.path(1).path("lastUsedAt").asString()).isEqualTo(then.toString());

    var id = listed.path(1).path("id").asString();
    assertThat(desk.delete("/api/sessions/" + id).status()).isEqualTo(204);

    assertThat(phone.get(PROFILE).status()).isEqualTo(401);
    assertThat(phone.refresh().status()).isEqualTo(401);
    assertThat(desk.get(PROFILE).status()).isEqualTo(200);
    assertThat(desk.delete("/api/sessions/" + id).status()).isEqualTo(404);
  }

  @Test
  void all_sessions_are_ended_at_once() {
    var person = person(Role.VIEWER);
    var one = signedIn(person);
    var other = signedIn(person);

    assertThat(one.delete("/api/sessions").status()).isEqualTo(204);

    assertThat(one.get(PROFILE).status()).isEqualTo(401);
    assertThat(other.get(PROFILE).status()).isEqualTo(401);
  }

  @Test
  void an_administrator_ends_all_sessions_of_somebody_but_a_user_none_of_others() {
    var person = person(Role.OPERATOR);
    var browser = signedIn(person);
    var id = browser.get("/api/sessions").json().at("/items/0/id").asString();

    assertThat(signedIn(Role.OPERATOR).delete("/api/sessions/" + id).status()).isEqualTo(404);
    assertThat(browser.get(PROFILE).status()).isEqualTo(200);
    assertThat(
            signedIn(Role.ADMIN).delete("/api/users/%d/sessions".formatted(person.id())).status())
        .isEqualTo(204);
    assertThat(browser.get(PROFILE).status()).isEqualTo(401);
  }

  @Test
  void an_end_that_another_node_has_written_counts_here_soon() {
    var browser = signedIn(Role.VIEWER);
    assertThat(browser.get(PROFILE).status()).isEqualTo(200);

    jdbc.sql(
            "update login_session set ended_at = now(), end_reason = 'REVOKED' where ended_at is"
                + " null")
        .update();

    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(browser.get(PROFILE).status()).isEqualTo(401));
  }

  @Test
  void a_refresh_token_that_comes_back_ends_the_session_for_both() {
    var browser = signedIn(Role.VIEWER);
    var thief = browser.copy();
    browser.refresh();
    clock.advance(Duration.ofSeconds(11));

    assertThat(thief.refresh().status()).isEqualTo(401);

    assertThat(browser.refresh().status()).isEqualTo(401);
    await().untilAsserted(() -> assertThat(browser.get(PROFILE).status()).isEqualTo(401));
    assertThat(audit().getFirst()).startsWith("session.reuse ");
  }

  @Test
  void the_grace_is_for_the_token_just_replaced_and_for_no_older_one() {
    var browser = signedIn(Role.VIEWER);
    var old = browser.copy();
    browser.refresh();
    browser.refresh();

    assertThat(old.refresh().status()).isEqualTo(401);
    assertThat(browser.refresh().status()).isEqualTo(401);
  }

  @Test
  void two_tabs_that_ask_one_after_the_other_get_the_same_token() {
    var one = signedIn(Role.VIEWER);
    var other = one.copy();

    assertThat(one.refresh().status()).isEqualTo(204);
    clock.advance(Duration.ofSeconds(9));
    assertThat(other.refresh().status()).isEqualTo(204);

    assertThat(other.cookie("pulse-refresh")).isEqualTo(one.cookie("pulse-refresh"));
    assertThat(one.refresh().status()).isEqualTo(204);
  }

  @RepeatedTest(10)
  void tabs_that_ask_at_once_all_stay_signed_in() throws Exception {
    tabsAtOnce(signedIn(Role.VIEWER), 4);
  }

  @Test
  @Tag("long")
  void two_tabs_never_sign_each_other_out_in_a_thousand_interleavings() throws Exception {
    var browser = signedIn(Role.VIEWER);
    for (int i = 0; i < 1_000; i++) {
      browser = tabsAtOnce(browser, 2);
      clock.advance(Duration.ofSeconds(20));
    }
  }

  @Test
  @Tag("long")
  void a_stolen_token_ends_the_session_in_every_one_of_a_thousand_interleavings() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      var browser = signedIn(Role.VIEWER);
      var thief = browser.copy();
      browser.refresh();
      browser.refresh();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var owners = threads.submit(browser::refresh);
        assertThat(threads.submit(thief::refresh).get().status()).isEqualTo(401);
        owners.get();
      }
      assertThat(browser.refresh().status()).isEqualTo(401);
    }
  }

  private static Browser tabsAtOnce(Browser browser, int count) throws Exception {
    var tabs = IntStream.range(0, count).mapToObj(i -> browser.copy()).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking =
          tabs.stream().<Callable<Integer>>map(tab -> () -> tab.refresh().status()).toList();
      for (var answer : threads.invokeAll(asking)) assertThat(answer.get()).isEqualTo(204);
    }
    assertThat(tabs.stream().map(tab -> tab.cookie("pulse-refresh")).distinct()).hasSize(1);
    return tabs.getFirst();
  }
}
