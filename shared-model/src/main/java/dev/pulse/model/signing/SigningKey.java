package dev.pulse.model.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What one service proves itself with: a secret that signs, which both sides have, and an API key,
 * of which a receiver needs only the SHA-256. Nothing of it is ever printed.
 */
public final class SigningKey {

  private static final String ALGORITHM = "HmacSHA256";

  private final String caller;
  private final String id;
  private final SecretKeySpec secret;
  private final byte[] apiKeyHash;
  private final @Nullable String apiKey;

  private SigningKey(
      String caller, String id, byte[] secret, byte[] apiKeyHash, @Nullable String apiKey) {
    this.caller = caller;
    this.id = id;
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.apiKeyHash = apiKeyHash.clone();
    this.apiKey = apiKey;
  }

  /** As the service itself has it: it can send. */
  static SigningKey own(String caller, String id, byte[] secret, String apiKey) {
    return new SigningKey(caller, id, secret, hash(apiKey), apiKey);
  }

  /** As others have it: they can only verify. */
  static SigningKey foreign(String caller, String id, byte[] secret, byte[] apiKeyHash) {
    return new SigningKey(caller, id, secret, apiKeyHash, null);
  }

  /** The service that signs with it. */
  public String caller() {
    return caller;
  }

  public String id() {
    return id;
  }

  /** The API key itself; empty where only its SHA-256 is known. */
  Optional<String> apiKey() {
    return Optional.ofNullable(apiKey);
  }

  boolean isApiKey(String given) {
    return MessageDigest.isEqual(apiKeyHash, hash(given));
  }

  byte[] sign(byte[] base) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(base);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  static byte[] hash(String apiKey) {
    return BodyDigest.sha256(apiKey.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "%s:%s:***".formatted(caller, id);
  }
}
