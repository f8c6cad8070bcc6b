package dev.pulse.model.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Digests of bytes. */
final class BodyDigest {

  private BodyDigest() {}

  /** The value of Content-Digest (RFC 9530) for a body. */
  static String header(byte[] body) {
    return "sha-256=:%s:".formatted(Base64.getEncoder().encodeToString(sha256(body)));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
