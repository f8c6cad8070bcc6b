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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An account under siege, from one place and from everywhere. */
class BruteForceTest extends BackendTest {

  private static final String WRONG = "none of the whales";
  private static final int AT_ONCE = 10;

  @AfterEach
  void forgive() {
    jdbc.sql("delete from login_throttle").update();
  }

  @Test
  void of_five_hundred_guesses_few_are_looked_at_and_the_user_enters() throws Exception {
    siege(500);
  }

  @Test
  @Tag("long")
  void of_ten_thousand_guesses_few_are_looked_at_and_the_user_enters() throws Exception {
    siege(10_000);
  }

  private void siege(int guesses) throws Exception {
    var person = person(Role.VIEWER);
    var known = signedIn(person);
    long checked = 0;
    for (int from = 0; from < guesses; from += AT_ONCE) {
      checked += checked(person.email(), from);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(checked).isBetween(20L, 100L);
    assertThat(known.from("203.0.113.201").login(person.email(), PASSWORD).status()).isEqualTo(200);
  }

  /** Of so many guesses from as many networks, all at once, those whose password was compared. */
  private long checked(String email, int first) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var attempts =
          IntStream.range(first, first + AT_ONCE)
              .<Callable<Integer>>mapToObj(i -> () -> guess(email, i))
              .toList();
      long checked = 0;
      for (var attempt : threads.invokeAll(attempts)) if (attempt.get() == 401) checked++;
      return checked;
    }
  }

  private int guess(String email, int i) {
    var stranger = new Browser(port).from("198.%d.%d.1".formatted(18 + i / 250 % 2, i % 250));
    int status = stranger.login(email, WRONG).status();
    assertThat(status).isIn(401, 429);
    return status;
  }
}
