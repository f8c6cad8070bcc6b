package dev.pulse.backend.users;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.backend.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

  private static final PasswordRules RULES = new PasswordRules();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sixteen blue whales",
        "correct horse battery staple",
        "            x            y",
        "zwölf Zeichen",
        "Ж3тмъ 9фоод ц",
        "nur kleine buchstaben",
        "\uD83D\uDC0B of the seven seas",
      })
  void what_is_long_and_not_tried_first_is_good_whatever_it_is_made_of(String password) {
    assertThatCode(() -> check(password)).doesNotThrowAnyException();
  }

  @Test
  void up_to_128_characters_are_good() {
    assertThatCode(() -> check("abcdefgh ijklmn ".repeat(8))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("abcdefgh ijklmn ".repeat(8) + "x")).isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "elevenchars",
        "123456789012",
        "000000000000000",
        "!!!!!!!!!!!!!!!!",
        "Password1234",
        "..:Password:..2026",
        "qwertyuiop123",
        "administrator1",
        "abcabcabcabcab",
        "aaaaaaaaaaaaaaaa",
        "Ada.Lovelace@Example.org",
        "ada.lovelace2026",
        "ada lovelace!",
        "PulsePlatform2026",
      })
  void what_is_tried_first_is_refused(String password) {
    assertThatThrownBy(() -> check(password))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("password: ");
  }

  private static void check(String password) {
    RULES.check("password", password, "ada.lovelace@example.org", "Ada Lovelace");
  }
}
