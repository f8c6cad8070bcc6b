package dev.pulse.backend.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.model.Role;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottleTest extends BackendTest {

  private static final String WRONG = "none of the whales";

  @AfterEach
  void forgive() {
    jdbc.sql("delete from login_throttle").update();
  }

  @Test
  void whoever_guesses_waits_longer_and_longer_and_others_do_not() {
    var person = person(Role.VIEWER);
    var attacker = browser().from("198.51.100.7");
    for (int i = 0; i < 6; i++) {
      assertThat(attacker.login(person.email(), WRONG).status()).isEqualTo(401);
    }

    var refused = attacker.login(person.email(), PASSWORD);

    assertThat(refused.code()).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).contains("1");
    assertThat(browser().from("198.51.100.8").login(person.email(), PASSWORD).status())
        .isEqualTo(200);
  }

  @Test
  void the_wait_doubles_and_ends() {
    var attacker = browser().from("198.51.100.9");
    for (int i = 0; i < 5; i++) attacker.login("nobody@example.org", WRONG);

    for (int seconds = 1; seconds <= 8; seconds *= 2) {
      assertThat(attacker.login("nobody@example.org", WRONG).status()).isEqualTo(401);
      assertThat(attacker.login("nobody@example.org", WRONG).header("Retry-After"))
          .contains("" + seconds);
      clock.advance(Duration.ofSeconds(seconds));
    }
    clock.advance(Duration.ofDays(1));
    for (int i = 0; i < 5; i++) {
      assertThat(attacker.login("nobody@example.org", WRONG).status()).isEqualTo(401);
    }
  }

  @Test
  void an_attack_from_everywhere_does_not_keep_the_user_out() {
    var person = person(Role.VIEWER);
    var known = signedIn(person);
    for (int i = 0; i < 30; i++) {
      browser().from("203.0.113." + i).login(person.email(), WRONG);
    }

    var stranger = browser().from("203.0.113.200").login(person.email(), PASSWORD);

    assertThat(stranger.status()).isEqualTo(429);
    assertThat(known.from("203.0.113.201").login(person.email(), PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void one_place_that_tries_many_accounts_is_slowed_down() {
    var attacker = browser().from("198.51.100.30");
    long checked =
        IntStream.range(0, 60)
            .filter(i -> attacker.login("user%d@example.org".formatted(i), WRONG).status() == 401)
            .count();

    assertThat(checked).isEqualTo(31);
  }

  @Test
  void guesses_at_once_are_counted_as_well_as_guesses_one_after_the_other() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var guesses =
          IntStream.range(0, 40)
              .<Callable<Integer>>mapToObj(
                  i -> () -> new Browser(port).from("198.51.100.40").login("a@b.c", WRONG).status())
              .toList();
      long checked = 0;
      for (var guess : threads.invokeAll(guesses)) if (guess.get() == 401) checked++;

      assertThat(checked).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void a_right_password_takes_back_what_it_has_cost() {
    var person = person(Role.VIEWER);
    for (int i = 0; i < 10; i++) {
      assertThat(browser().from("198.51.100.50").login(person.email(), PASSWORD).status())
          .isEqualTo(200);
    }
  }

  @Test
  void an_address_that_anybody_can_write_does_not_count() {
    for (int i = 0; i < 6; i++) {
      browser().from("1.2.3.%d, 198.51.100.60".formatted(i)).login("x@y.z", WRONG);
    }

    assertThat(browser().from("9.9.9.9, 198.51.100.60").login("x@y.z", WRONG).status())
        .isEqualTo(429);
  }
}
