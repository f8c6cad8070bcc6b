package dev.pulse.etl.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Blots the credentials of a request out of its answer. What a source says is shown, logged and
 * stored in many places; an answer that never holds the token leaks it in none of them.
 */
final class Redaction {

  private static final String BLOT = "***";

  /** Anything shorter is no credential of a source, and would blot out innocent words. */
  private static final int SHORTEST = 8;

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /** The credentials in {@code Authorization}: as they travel, and the password of a pair. */
  static Redaction of(Request request) {
    var secrets = new ArrayList<String>();
    var parts = request.headers().getOrDefault("Authorization", "").split(" ", 2);
    if (parts.length == 2) {
      secrets.add(parts[1]);
      if (parts[0].equalsIgnoreCase("Basic")) {
        var pair = new String(Base64.getDecoder().decode(parts[1]), UTF_8);
        secrets.add(pair.substring(pair.indexOf(':') + 1));
      }
    }
    secrets.removeIf(secret -> secret.length() < SHORTEST);
    return new Redaction(secrets);
  }

  String of(String text) {
    var blotted = text;
    for (var secret : secrets) blotted = blotted.replace(secret, BLOT);
    return blotted;
  }

  /** One character per byte finds the bytes of a text whatever else stands around them. */
  byte[] of(byte[] body) {
    var text = new String(body, ISO_8859_1);
    var blotted = text;
    for (var secret : secrets) {
      blotted = blotted.replace(new String(secret.getBytes(UTF_8), ISO_8859_1), BLOT);
    }
    return blotted.equals(text) ? body : blotted.getBytes(ISO_8859_1);
  }
}
