package dev.pulse.backend.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

  /** RFC 6238, appendix B, SHA-1; of its eight digits the last six are the code of six. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void the_codes_are_those_of_the_rfc(long seconds, String published) {
    var at = Instant.ofEpochSecond(seconds);

    assertThat(Totp.code(SECRET, at)).isEqualTo(published.substring(2));
    assertThat(Totp.step(SECRET, published.substring(2), at, 0)).hasValue(seconds / 30);
  }

  @Test
  void a_code_is_good_one_step_early_and_one_step_late_and_no_longer() {
    var at = Instant.ofEpochSecond(1_111_111_110);
    var code = Totp.code(SECRET, at);

    for (int skew : new int[] {-1, 0, 1}) {
      assertThat(Totp.step(SECRET, code, at.plusSeconds(30L * skew), 0)).isPresent();
    }
    assertThat(Totp.step(SECRET, code, at.minusSeconds(60), 0)).isEmpty();
    assertThat(Totp.step(SECRET, code, at.plusSeconds(60), 0)).isEmpty();
  }

  @Test
  void no_code_fits_at_or_before_the_latest_that_was_accepted() {
    var at = Instant.ofEpochSecond(1_111_111_110);
    long step = Totp.step(SECRET, Totp.code(SECRET, at), at, 0).orElseThrow();

    assertThat(Totp.step(SECRET, Totp.code(SECRET, at), at, step)).isEmpty();
    assertThat(Totp.step(SECRET, Totp.code(SECRET, at.minusSeconds(30)), at, step)).isEmpty();
    assertThat(Totp.step(SECRET, Totp.code(SECRET, at.plusSeconds(30)), at, step)).isPresent();
  }

  /** RFC 4648, section 10, those that need no padding. */
  @ParameterizedTest
  @CsvSource({"fooba, MZXW6YTB", "foobafooba, MZXW6YTBMZXW6YTB"})
  void bytes_are_letters_as_the_rfc_says(String bytes, String letters) {
    assertThat(Base32.encode(bytes.getBytes(US_ASCII))).isEqualTo(letters);
  }

  @Test
  void leading_zeros_are_letters_too() {
    assertThat(Base32.encode(new byte[5])).isEqualTo("AAAAAAAA");
  }
}
