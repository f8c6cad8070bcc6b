package dev.pulse.etl.platform.secret;

import dev.pulse.etl.platform.secret.KeyRing.UnusableKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Seals secrets for the database with AES-256-GCM. Every secret has a key of its own, which is
 * wrapped with a key of the key file; both are bound to the place they are stored at, so a sealed
 * value moved to another row does not open.
 *
 * <p>Form: {@code v1.keyId.wrapped key.sealed value}, the last two as base64 of nonce and
 * ciphertext.
 */
@Component
@EnableConfigurationProperties(SecretSettings.class)
public class SecretBox {

  private static final String VERSION = "v1";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final KeyRing keys;
  private final SecureRandom random = new SecureRandom();

  SecretBox(SecretSettings settings) {
    if (settings.kekFile() == null) {
      throw new UnusableKeys("set pulse.secrets.kek-file to the file of keys that seal secrets");
    }
    keys = KeyRing.read(settings.kekFile());
  }

  /**
   * Where a secret is stored: it opens only there.
   *
   * @param row id of the row, {@code name} which of its secrets
   */
  public record Place(String table, long row, String name) {
    private byte[] bytes(String keyId) {
      return "%s|%s|%d|%s|%s"
          .formatted(VERSION, table, row, name, keyId)
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  public String seal(Secret secret, Place place) {
    try {
      var generator = KeyGenerator.getInstance("AES");
      generator.init(256, random);
      var own = generator.generateKey();
      var keyId = keys.primary();
      var context = place.bytes(keyId);
      return String.join(
          ".",
          VERSION,
          keyId,
          encrypt(keys.require(keyId), own.getEncoded(), context),
          encrypt(own, secret.reveal().getBytes(StandardCharsets.UTF_8), context));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws SecretUnreadable if it was changed, moved, or sealed with a key that is missing
   */
  public Secret open(String sealed, Place place) {
    var parts = sealed.split("\\.", 4);
    if (parts.length != 4 || !parts[0].equals(VERSION)) {
      throw new SecretUnreadable("not in a known form", null);
    }
    try {
      var context = place.bytes(parts[1]);
      var own = new SecretKeySpec(decrypt(keys.require(parts[1]), parts[2], context), "AES");
      return new Secret(new String(decrypt(own, parts[3], context), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SecretUnreadable("it was changed, or moved here from elsewhere", e);
    } catch (UnusableKeys e) {
      throw new SecretUnreadable(e.getMessage(), e);
    }
  }

  private String encrypt(SecretKey key, byte[] plain, byte[] context)
      throws GeneralSecurityException {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    var sealed = cipher.doFinal(plain);
    var out = new byte[nonce.length + sealed.length];
    System.arraycopy(nonce, 0, out, 0, nonce.length);
    System.arraycopy(sealed, 0, out, nonce.length, sealed.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out);
  }

  private static byte[] decrypt(SecretKey key, String sealed, byte[] context)
      throws GeneralSecurityException {
    var bytes = Base64.getUrlDecoder().decode(sealed);
    if (bytes.length < NONCE_BYTES) throw new IllegalArgumentException("too short");
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES));
    cipher.updateAAD(context);
    return cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
  }

  /** A sealed secret that does not open: it must be entered again. */
  public static final class SecretUnreadable extends RuntimeException {
    SecretUnreadable(@Nullable String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
