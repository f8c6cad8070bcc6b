package dev.pulse.etl.platform.secret;

import dev.pulse.etl.platform.NotStartable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key-encryption keys by id: the first seals, all open. */
final class KeyRing {

  private static final int KEY_BYTES = 32;

  private final Map<String, SecretKey> keys;
  private final String primary;

  private KeyRing(SequencedMap<String, SecretKey> keys) {
    this.keys = keys;
    this.primary = keys.firstEntry().getKey();
  }

  /**
   * Reads a key file.
   *
   * @throws UnusableKeys if it holds no key, or one that is too short or guessable
   */
  static KeyRing read(Path file) {
    var keys = new LinkedHashMap<String, SecretKey>();
    for (var line : lines(file)) {
      if (line.isBlank() || line.strip().startsWith("#")) continue;
      var parts = line.strip().split(":", 2);
      if (parts.length < 2 || !parts[0].matches("[A-Za-z0-9_-]{1,32}")) {
        throw new UnusableKeys(file + ": a line is not keyId:base64");
      }
      if (keys.put(parts[0], key(file, parts[0], parts[1])) != null) {
        throw new UnusableKeys(file + ": the key id " + parts[0] + " is there twice");
      }
    }
    if (keys.isEmpty()) throw new UnusableKeys(file + " holds no key");
    return new KeyRing(keys);
  }

  String primary() {
    return primary;
  }

  SecretKey require(String id) {
    var key = keys.get(id);
    if (key == null) {
      throw new UnusableKeys(
          "a secret is sealed with the key " + id + ", which the key file lacks");
    }
    return key;
  }

  private static Iterable<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new UnusableKeys("the key file " + file + " is not there");
    } catch (IOException e) {
      throw new UnusableKeys("the key file " + file + " cannot be read, or is no text", e);
    }
  }

  private static SecretKey key(Path file, String id, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new UnusableKeys(file + ": the key " + id + " is not base64");
    }
    if (bytes.length != KEY_BYTES) {
      throw new UnusableKeys(file + ": the key " + id + " has " + bytes.length + " bytes, not 32");
    }
    if (guessable(bytes)) {
      throw new UnusableKeys(file + ": the key " + id + " is not random; make a random one");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  /** Few different bytes, or nothing but text: random bytes are neither, as good as ever. */
  private static boolean guessable(byte[] bytes) {
    var values = IntStream.range(0, bytes.length).map(i -> bytes[i]);
    return values.distinct().count() < 8
        || IntStream.range(0, bytes.length).allMatch(i -> bytes[i] >= ' ' && bytes[i] <= '~');
  }

  /** Keys that must not be used, or are missing. The message says which, never their bytes. */
  static final class UnusableKeys extends NotStartable {
    UnusableKeys(String message) {
      super(message);
    }

    UnusableKeys(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
