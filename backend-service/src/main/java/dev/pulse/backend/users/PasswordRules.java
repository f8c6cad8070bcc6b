package dev.pulse.backend.users;

import dev.pulse.backend.platform.Problem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Which passwords may be chosen: long ones that nobody tries first. There are no rules about digits
 * and signs, which only make people predictable.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html">NIST SP 800-63B-4, 3.1.1.2</a>
 */
@Component
public class PasswordRules {

  public static final int LEAST = 12;
  public static final int MOST = 128;

  /** Dates and telephone numbers are shorter. */
  private static final int LEAST_OF_FIGURES = 24;

  private static final String LIST = "common-passwords.txt";

  /** A word, dressed up with what people put before and behind it. */
  private static final Pattern DRESSING = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");

  private static final Pattern REPEATED = Pattern.compile("(.{1,6})\\1+.{0,5}", Pattern.DOTALL);

  private final Set<String> common = read();

  /**
   * Refuses a bad password.
   *
   * @param field of the input that holds the password
   * @param email of the user
   * @param name of the user
   * @throws Problem if it is too short, too long, or easily guessed
   */
  public void check(String field, String password, String email, String name) {
    int length = password.codePointCount(0, password.length());
    if (length < LEAST)
      throw Problem.invalid(field, "has less than %d characters".formatted(LEAST));
    if (length > MOST) throw Problem.invalid(field, "has more than %d characters".formatted(MOST));
    var plain = password.toLowerCase(Locale.ROOT);
    var core = DRESSING.matcher(plain).replaceAll("");
    var own = Stream.of(email, email.replaceFirst("@.*", ""), name, "pulse", "pulseplatform");
    if (common.contains(plain) || common.contains(core)) {
      throw Problem.invalid(field, "is one of those that are tried first");
    }
    if (core.isEmpty() && length < LEAST_OF_FIGURES) {
      throw Problem.invalid(field, "is only figures and signs, and short for that");
    }
    if (REPEATED.matcher(plain).matches()) {
      throw Problem.invalid(field, "only repeats a few characters");
    }
    if (own.map(word -> word.toLowerCase(Locale.ROOT)).anyMatch(word -> isAll(word, plain, core))) {
      throw Problem.invalid(field, "is a name that others know");
    }
  }

  private static boolean isAll(String word, String plain, String core) {
    return word.equals(plain) || word.equals(core);
  }

  private static Set<String> read() {
    var list = Objects.requireNonNull(PasswordRules.class.getResourceAsStream(LIST), LIST);
    try (var text = new InputStreamReader(list, StandardCharsets.US_ASCII)) {
      return text.readAllLines().stream()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
