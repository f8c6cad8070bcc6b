package dev.pulse.backend.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess, and what is kept of them. */
public final class SecretText {

  private static final SecureRandom RANDOM = new SecureRandom();

  private SecretText() {}

  /** A text with this many random bits, of letters, digits, - and _. */
  public static String random(int bits) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bits));
  }

  /** This many random bits. */
  public static byte[] bytes(int bits) {
    var bytes = new byte[bits / 8];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Enough for what is random: nobody can try all of 256 bits. Not for passwords. */
  public static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
