package dev.pulse.etl.connectors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids made of what others write, such as addresses, which may be longer than an index allows. */
public final class ShortId {

  private static final int LONG = 500;

  private ShortId() {}

  /** The id as it is, or the hash of one that is too long. */
  public static String of(String id) {
    if (id.length() <= LONG) return id;
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
