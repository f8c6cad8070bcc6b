package dev.pulse.backend.users;

import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.SecretText;
import dev.pulse.model.ProblemKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with 19 MiB and two passes, the least that OWASP asks for. Each takes memory and a good
 * part of a second, so only a few are done at once; whoever comes on top is told to come back.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">
 *     OWASP Password Storage</a>
 */
@Component
public class PasswordHashes {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;

  private static final ProblemKind BUSY =
      new ProblemKind(
          429, "TOO_MANY_LOGINS", "Too many are signing in at once", "Try again in a second.");

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore places;
  private final Duration patience;
  private final String nobodys;

  /**
   * Reads the settings.
   *
   * @param atOnce {@code pulse.auth.hashes-at-once}: each takes 19 MiB and a core
   * @param patience {@code pulse.auth.hash-patience}: how long one waits for its turn
   */
  PasswordHashes(
      @Value("${pulse.auth.hashes-at-once:2}") int atOnce,
      @Value("${pulse.auth.hash-patience:1s}") Duration patience) {
    this.places = new Semaphore(atOnce, true);
    this.patience = patience;
    this.nobodys = String.valueOf(argon2.encode(SecretText.random(256)));
  }

  public String hash(String password) {
    return inTurn(() -> String.valueOf(argon2.encode(password)));
  }

  /**
   * Takes as long when there is no such user, or no password yet.
   *
   * @param hash null if there is none
   */
  public boolean matches(String password, @Nullable String hash) {
    var right = inTurn(() -> argon2.matches(password, hash == null ? nobodys : hash));
    return right && hash != null;
  }

  /** Whether the hash was made with less than what is asked for now. */
  public boolean outdated(String hash) {
    return argon2.upgradeEncoding(hash);
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Problem.later(BUSY, "All places are taken.", Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
