package dev.pulse.backend.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of authenticator apps: six digits that follow from a secret and the time, another each
 * half minute.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238: TOTP</a>
 */
final class Totp {

  /** The apps that people have know no other. */
  private static final String ALGORITHM = "HmacSHA1";

  private static final int STEP_SECONDS = 30;
  private static final int ALL_CODES = 1_000_000;

  /** Of steps either way: clocks differ, and people type. */
  private static final int SKEW = 1;

  private Totp() {}

  /** Of a moment. */
  static String code(byte[] secret, Instant at) {
    return code(secret, step(at));
  }

  /**
   * The step whose code this is, of those around a moment.
   *
   * @param after the step of the latest code that was accepted; neither it nor any before fits
   */
  static OptionalLong step(byte[] secret, String code, Instant at, long after) {
    long now = step(at);
    return LongStream.rangeClosed(now - SKEW, now + SKEW)
        .filter(step -> step > after && code(secret, step).equals(code))
        .findFirst();
  }

  private static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
  }

  private static String code(byte[] secret, long step) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      var hash =
          ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array()));
      int number = hash.getInt(hash.get(hash.capacity() - 1) & 0xf) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % ALL_CODES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
