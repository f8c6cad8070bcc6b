package dev.pulse.backend.auth;

import dev.pulse.backend.platform.SecretText;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that prove who is signed in. Of each kind the first signs and all verify, so a new one
 * is first added at the end, later moved to the front, and the old one removed when what it signed
 * has expired: nobody is signed out.
 */
final class KeyRing {

  private static final int SECRET_BYTES = 32;

  private final SequencedMap<String, SigningKey> signing = new LinkedHashMap<>();
  private final SequencedMap<String, SecretKey> secrets = new LinkedHashMap<>();

  /** A pair for access tokens; its id is its RFC 7638 thumbprint. */
  record SigningKey(String id, ECPrivateKey privateKey, ECPublicKey publicKey) {

    static SigningKey of(ECPrivateKey privateKey, ECPublicKey publicKey) {
      var jwk = Jwks.builder().key(publicKey).idFromThumbprint().build();
      return new SigningKey(jwk.getId(), privateKey, publicKey);
    }

    /** As others may see it. */
    Map<String, String> jwk() {
      var jwk = Jwks.builder().key(publicKey).id(id).build();
      var all = new LinkedHashMap<String, String>();
      for (var name : List.of("kty", "crv", "x", "y", "kid")) {
        all.put(name, String.valueOf(jwk.get(name)));
      }
      all.put("use", "sig");
      all.put("alg", "ES256");
      return all;
    }
  }

  /** A secret by its id. */
  record NamedSecret(String id, SecretKey key) {}

  private KeyRing() {}

  /**
   * Reads a key file.
   *
   * @throws UnusableKeys if a line is no key, or a kind has none
   */
  static KeyRing read(List<String> lines) {
    var ring = new KeyRing();
    for (var line : lines) {
      if (line.isBlank() || line.strip().startsWith("#")) continue;
      ring.add(line.strip().split(":", -1));
    }
    if (ring.signing.isEmpty()) throw new UnusableKeys("holds no line es256:PRIVATE:PUBLIC");
    if (ring.secrets.isEmpty()) throw new UnusableKeys("holds no line hmac:SECRET");
    return ring;
  }

  /** What a new key file holds: one fresh key of each kind. */
  static List<String> fresh() {
    KeyPair pair = Jwts.SIG.ES256.keyPair().build();
    var secret = Jwts.SIG.HS256.key().build();
    var base64 = Base64.getEncoder();
    return List.of(
        "# The keys that prove who is signed in. Whoever reads them can be anybody.",
        "# Of each kind the first signs and all verify.",
        "es256:%s:%s"
            .formatted(
                base64.encodeToString(pair.getPrivate().getEncoded()),
                base64.encodeToString(pair.getPublic().getEncoded())),
        "hmac:" + base64.encodeToString(secret.getEncoded()));
  }

  SigningKey signer() {
    return signing.firstEntry().getValue();
  }

  Optional<SigningKey> verifier(String id) {
    return Optional.ofNullable(signing.get(id));
  }

  NamedSecret secret() {
    var first = secrets.firstEntry();
    return new NamedSecret(first.getKey(), first.getValue());
  }

  Optional<NamedSecret> secret(String id) {
    return Optional.ofNullable(secrets.get(id)).map(key -> new NamedSecret(id, key));
  }

  /** The JSON Web Key Set of the keys that verify. */
  Map<String, List<Map<String, String>>> jwks() {
    return Map.of("keys", signing.values().stream().map(SigningKey::jwk).toList());
  }

  private void add(String[] parts) {
    try {
      if (parts.length == 3 && parts[0].equals("es256")) addSigning(parts[1], parts[2]);
      else if (parts.length == 2 && parts[0].equals("hmac")) addSecret(parts[1]);
      else throw new UnusableKeys("has a line that is neither es256 nor hmac");
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw new UnusableKeys("has a line that holds no key", e);
    }
  }

  private void addSigning(String privateKey, String publicKey) throws GeneralSecurityException {
    var factory = KeyFactory.getInstance("EC");
    var base64 = Base64.getDecoder();
    var key =
        SigningKey.of(
            (ECPrivateKey)
                factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(privateKey))),
            (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(base64.decode(publicKey))));
    if (key.publicKey().getParams().getOrder().bitLength() != 256) {
      throw new UnusableKeys("has a key that is not of the curve P-256");
    }
    signing.put(key.id(), key);
  }

  private void addSecret(String base64) {
    var bytes = Base64.getDecoder().decode(base64);
    if (bytes.length != SECRET_BYTES)
      throw new UnusableKeys("has a secret that is not of 32 bytes");
    if (distinct(bytes) < 8) throw new UnusableKeys("has a secret that is not random");
    var id = HexFormat.of().formatHex(SecretText.sha256(bytes), 0, 4);
    secrets.put(id, new SecretKeySpec(bytes, "HmacSHA256"));
  }

  private static int distinct(byte[] bytes) {
    return (int) IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct().count();
  }

  /** Keys that must not be used. The message goes on after the name of the file. */
  static final class UnusableKeys extends RuntimeException {
    UnusableKeys(String message) {
      super(message);
    }

    UnusableKeys(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
