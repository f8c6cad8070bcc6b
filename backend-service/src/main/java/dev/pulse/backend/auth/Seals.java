package dev.pulse.backend.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.backend.auth.KeyRing.NamedSecret;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.stereotype.Component;

/**
 * Secrets that the database keeps and cannot read: AES-256-GCM, with a key that is derived from one
 * of the key file. What was sealed for one row opens for no other.
 */
@Component
class Seals {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;
  private static final byte[] PURPOSE = "pulse second factor 1".getBytes(UTF_8);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AuthKeys keys;

  Seals(AuthKeys keys) {
    this.keys = keys;
  }

  /**
   * A secret that is sealed.
   *
   * @param keyId of the key in the file
   * @param bytes the nonce, then what was encrypted
   */
  record Sealed(String keyId, byte[] bytes) {}

  /** The key that seals now. */
  String keyId() {
    return keys.current().secret().id();
  }

  Sealed seal(byte[] secret, String row) {
    var key = keys.current().secret();
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, row);
      var bytes = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(secret.length));
      cipher.doFinal(secret, 0, secret.length, bytes, NONCE_BYTES);
      return new Sealed(key.id(), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + CIPHER, e);
    }
  }

  /** Empty if its key is not in the file any more, or it was sealed for something else. */
  Optional<byte[]> open(Sealed kept, String row) {
    var key = keys.current().secret(kept.keyId());
    if (key.isEmpty() || kept.bytes().length < NONCE_BYTES) return Optional.empty();
    try {
      var nonce = Arrays.copyOf(kept.bytes(), NONCE_BYTES);
      var cipher = cipher(Cipher.DECRYPT_MODE, key.get(), nonce, row);
      int length = kept.bytes().length - NONCE_BYTES;
      return Optional.of(cipher.doFinal(kept.bytes(), NONCE_BYTES, length));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + CIPHER, e);
    }
  }

  private static Cipher cipher(int mode, NamedSecret key, byte[] nonce, String row)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, derived(key), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(row.getBytes(UTF_8));
    return cipher;
  }

  /** Not the key itself, which makes stamps: no key is used for two things. */
  private static SecretKey derived(NamedSecret key) throws GeneralSecurityException {
    var how = HKDFParameterSpec.ofExtract().addIKM(key.key()).thenExpand(PURPOSE, KEY_BYTES);
    return KDF.getInstance("HKDF-SHA256").deriveKey("AES", how);
  }
}
