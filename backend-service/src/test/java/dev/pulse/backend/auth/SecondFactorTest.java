package dev.pulse.backend.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.Browser.Reply;
import dev.pulse.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Signing in with a code beside the password. */
class SecondFactorTest extends AuthenticatorAppTest {

  @Test
  void a_stranger_does_not_learn_whether_the_password_was_right() {
    var somebody = withApp(Role.OPERATOR);
    var email = somebody.person().email();

    var refusals =
        List.of(
            browser().login(email, "not the password"),
            browser().login(email, PASSWORD),
            login(browser(), email, PASSWORD, "000000"),
            login(browser(), email, "not the password", code(somebody.secret())),
            browser().login("nobody@example.org", PASSWORD));

    for (var each : refusals) {
      assertThat(each.status()).isEqualTo(401);
      assertThat(each.code()).isEqualTo("CREDENTIALS_REJECTED");
      assertThat(bare(each)).isEqualTo(bare(refusals.getFirst()));
      assertThat(each.http().headers().allValues("Set-Cookie")).isEmpty();
    }
    assertThat(
            login(browser().from("10.77.0.1"), email, PASSWORD, code(somebody.secret())).status())
        .isEqualTo(200);
  }

  @Test
  void a_browser_that_is_known_is_asked_for_the_code() {
    var somebody = withApp(Role.OPERATOR);
    var email = somebody.person().email();

    assertThat(somebody.browser().login(email, PASSWORD).code())
        .isEqualTo("SECOND_FACTOR_REQUIRED");
    assertThat(somebody.browser().login(email, "not the password").code())
        .isEqualTo("CREDENTIALS_REJECTED");
    assertThat(login(somebody.browser(), email, PASSWORD, code(somebody.secret())).status())
        .isEqualTo(200);
  }

  @Test
  void of_many_who_send_a_code_at_once_one_enters() throws Exception {
    var somebody = withApp(Role.VIEWER);
    var code = code(somebody.secret());

    var entered = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Reply>>();
      for (int i = 0; i < 8; i++) {
        var browser = browser().from("10.80.%d.1".formatted(i));
        all.add(threads.submit(() -> login(browser, somebody.person().email(), PASSWORD, code)));
      }
      for (var each : all) entered.add(each.get().status());
    }

    assertThat(entered.stream().filter(status -> status == 200)).hasSize(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(login(somebody.browser(), somebody.person().email(), PASSWORD, code).status())
        .as("the same code within its skew")
        .isEqualTo(401);
  }

  @Test
  void a_recovery_code_enters_once_however_it_is_typed() {
    var somebody = withApp(Role.VIEWER);
    var email = somebody.person().email();
    var code = somebody.paper().getFirst();
    var typed = code.toLowerCase(Locale.ROOT).replace("-", " ");

    assertThat(login(browser(), email, PASSWORD, typed).status()).isEqualTo(200);
    assertThat(login(browser(), email, PASSWORD, code).status()).isEqualTo(401);

    assertThat(audit()).contains("second-factor.recover " + somebody.person().id());
    assertThat(
            jdbc.sql("select encode(code_hash, 'escape') from recovery_code")
                .query(String.class)
                .list()
                .toString())
        .doesNotContain(code, code.replace("-", ""));
  }

  @Test
  void guessing_codes_with_the_right_password_is_slowed_down_as_any_guessing_is() {
    var somebody = withApp(Role.VIEWER);
    var guesser = browser().from("10.81.0.1");

    var answers = new ArrayList<Integer>();
    for (int i = 0; i < 9; i++) {
      answers.add(login(guesser, somebody.person().email(), PASSWORD, "00000" + i).status());
    }

    assertThat(answers).contains(429);
    assertThat(
            login(somebody.browser(), somebody.person().email(), PASSWORD, code(somebody.secret()))
                .status())
        .as("its user is not kept out")
        .isEqualTo(200);
  }

  @Test
  void other_recovery_codes_make_those_before_void() {
    var somebody = withApp(Role.VIEWER);
    var renewed =
        somebody
            .browser()
            .post(PATH + "/recovery-codes", proofs(PASSWORD, somebody.paper().getFirst()));

    assertThat(renewed.status()).isEqualTo(200);
    var email = somebody.person().email();
    assertThat(login(browser(), email, PASSWORD, somebody.paper().getLast()).status())
        .isEqualTo(401);
    var fresh = renewed.json().path("codes").path(0).asString();
    assertThat(login(browser(), email, PASSWORD, fresh).status()).isEqualTo(200);
  }
}
