package dev.pulse.model.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The keys with which services prove themselves to each other, one line each: {@code
 * caller:keyId:secret:apiKey}. The secret is base64 of 32 bytes or more. The API key is {@code
 * pk_keyId_...}, or {@code sha256=...} in the file of a service that only receives. Of each caller
 * the first line signs and all verify, so a new one is first added at the end, later moved to the
 * front, and the old one removed a minute after.
 */
public final class SigningKeys {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern RANDOM_256_BITS = Pattern.compile("[A-Za-z0-9_-]{43,}");
  private static final String HASHED = "sha256=";
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom random = new SecureRandom();

  private final SequencedMap<String, SigningKey> keys = new LinkedHashMap<>();

  private SigningKeys() {}

  /**
   * Reads a key file.
   *
   * @throws UnusableKeys if it is not there, holds no key, or one that is malformed or weak
   */
  public static SigningKeys read(Path file) {
    try {
      return of(Files.readAllLines(file));
    } catch (NoSuchFileException e) {
      throw new UnusableKeys("the key file " + file + " is not there", e);
    } catch (IOException e) {
      throw new UnusableKeys("the key file " + file + " cannot be read, or is no text", e);
    } catch (UnusableKeys e) {
      throw new UnusableKeys(file + ": " + e.getMessage(), e);
    }
  }

  /** The same of lines; blank ones and those that begin with {@code #} are passed over. */
  public static SigningKeys of(List<String> lines) {
    var all = new SigningKeys();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) all.add(i + 1, line.split(":", -1));
    }
    if (all.keys.isEmpty()) throw new UnusableKeys("there is no key");
    return all;
  }

  /** A line with a new key for a caller. */
  public static String fresh(String caller, String keyId) {
    var apiKey = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    var line =
        "%s:%s:%s:pk_%s_%s"
            .formatted(
                caller, keyId, Base64.getEncoder().encodeToString(randomBytes()), keyId, apiKey);
    return of(List.of(line)).require(caller, line);
  }

  /** The same line for the file of a service that only receives: without the API key itself. */
  public static String receiving(String line) {
    var parts = line.strip().split(":", -1);
    return "%s:%s:%s:%s%s"
        .formatted(
            parts[0],
            parts[1],
            parts[2],
            HASHED,
            HexFormat.of().formatHex(SigningKey.hash(parts[3])));
  }

  /**
   * The key with which a caller signs.
   *
   * @throws UnusableKeys if the caller has none
   */
  public SigningKey signer(String caller) {
    var first = keys.values().stream().filter(key -> key.caller().equals(caller)).findFirst();
    return first.orElseThrow(() -> new UnusableKeys("there is no key of " + caller));
  }

  /** The key of an id, whoever's it is. */
  public Optional<SigningKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  private String require(String caller, String line) {
    signer(caller);
    return line;
  }

  private void add(int number, String[] parts) {
    if (parts.length != 4) {
      throw new UnusableKeys("line %d is not caller:keyId:secret:apiKey".formatted(number));
    }
    var caller = parts[0];
    var id = parts[1];
    if (!NAME.matcher(caller).matches() || !NAME.matcher(id).matches()) {
      throw new UnusableKeys(
          "line %d: caller and key id are of a-z, 0-9 and '-', 32 at most".formatted(number));
    }
    if (keys.putIfAbsent(id, key(caller, id, parts[2], parts[3])) != null) {
      throw new UnusableKeys("the key id " + id + " is there twice");
    }
  }

  private static SigningKey key(String caller, String id, String secret, String apiKey) {
    var bytes = secret(id, secret);
    if (apiKey.startsWith(HASHED)) {
      return SigningKey.foreign(caller, id, bytes, hash(id, apiKey.substring(HASHED.length())));
    }
    var prefix = "pk_%s_".formatted(id);
    if (!apiKey.startsWith(prefix)
        || !RANDOM_256_BITS.matcher(apiKey.substring(prefix.length())).matches()
        || apiKey.chars().distinct().count() < 16) {
      throw new UnusableKeys(
          "the API key of %s is not %s and 32 random bytes in base64url, or sha256= and its hash"
              .formatted(id, prefix));
    }
    return SigningKey.own(caller, id, bytes, apiKey);
  }

  private static byte[] secret(String id, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeys("the secret of " + id + " is not base64", e);
    }
    if (bytes.length < SECRET_BYTES) {
      throw new UnusableKeys(
          "the secret of %s has %d bytes, not %d or more"
              .formatted(id, bytes.length, SECRET_BYTES));
    }
    if (guessable(bytes)) throw new UnusableKeys("the secret of " + id + " is not random");
    return bytes;
  }

  private static byte[] hash(String id, String hex) {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new UnusableKeys("the hash of the API key of " + id + " is not 64 digits 0-9a-f");
    }
    return HexFormat.of().parseHex(hex);
  }

  /** Few different bytes, or nothing but text: random bytes are neither, as good as ever. */
  private static boolean guessable(byte[] bytes) {
    var values = IntStream.range(0, bytes.length).map(i -> bytes[i]);
    return values.distinct().count() < 8
        || IntStream.range(0, bytes.length).allMatch(i -> bytes[i] >= ' ' && bytes[i] <= '~');
  }

  private static byte[] randomBytes() {
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Keys that must not be used, or are missing. The message says which, never their bytes. */
  public static final class UnusableKeys extends RuntimeException {
    UnusableKeys(String message) {
      super(message);
    }

    UnusableKeys(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
