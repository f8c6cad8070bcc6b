package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.platform.json.SourceJson;
import dev.pulse.etl.platform.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The private key of a GitHub App, as GitHub hands it out (PKCS#1) or as other tools write it
 * (PKCS#8). It signs JSON Web Tokens with RS256, which the JDK can do.
 *
 * @see <a
 *     href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">JSON
 *     Web Tokens for a GitHub App</a>
 */
final class GitHubAppKey {

  /** Covers clocks that differ, as GitHub recommends. */
  private static final Duration BACKDATED = Duration.ofSeconds(60);

  /** GitHub takes ten minutes at most, by its own clock. */
  private static final Duration GOOD_FOR = Duration.ofMinutes(8);

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** What stands before the octets of a key of RSA in PKCS#8: version 0, and the algorithm. */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey key;

  private GitHubAppKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads a PEM file, whatever became of its line breaks on the way through forms and files.
   *
   * @throws InvalidSetting if it holds no private key of RSA
   */
  static GitHubAppKey of(Secret pem) {
    var block = PEM.matcher(pem.reveal());
    if (!block.find()) throw invalid("is not the private key of an App");
    var kind = block.group(1);
    var text = block.group(2).replace("\\n", "").replace("\\r", "").replaceAll("\\s", "");
    try {
      var bytes = Base64.getDecoder().decode(text);
      return switch (kind) {
        case "RSA PRIVATE KEY" -> new GitHubAppKey(rsa(wrapped(bytes)));
        case "PRIVATE KEY" -> new GitHubAppKey(rsa(bytes));
        case "ENCRYPTED PRIVATE KEY" -> throw invalid("is encrypted");
        default -> throw invalid("is no private key");
      };
    } catch (IllegalArgumentException | InvalidKeySpecException e) {
      throw invalid("is damaged, or encrypted");
    }
  }

  /** A token that says that the App itself asks. */
  String token(String app, Instant now) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iat", now.minus(BACKDATED).getEpochSecond());
    claims.put("exp", now.plus(GOOD_FOR).getEpochSecond());
    claims.put("iss", app.matches("\\d{1,18}") ? Long.valueOf(app) : app);
    var signed = url(Map.of("alg", "RS256", "typ", "JWT")) + "." + url(claims);
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java signs with SHA256withRSA", e);
    }
  }

  private static String url(Map<String, Object> json) {
    return URL.encodeToString(SourceJson.MAPPER.writeValueAsBytes(json));
  }

  private static PrivateKey rsa(byte[] pkcs8) throws InvalidKeySpecException {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** PKCS#1 inside of PKCS#8, the only form that the JDK reads. */
  private static byte[] wrapped(byte[] pkcs1) {
    var inside = new ByteArrayOutputStream();
    inside.writeBytes(RSA);
    inside.writeBytes(tagged(OCTETS, pkcs1));
    return tagged(SEQUENCE, inside.toByteArray());
  }

  /** A value of DER with its tag and its length. */
  private static byte[] tagged(int tag, byte[] value) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length < 128) {
      out.write(value.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(value.length) + 7) / 8;
      out.write(128 | bytes);
      for (int i = bytes - 1; i >= 0; i--) out.write(value.length >>> (8 * i));
    }
    out.writeBytes(value);
    return out.toByteArray();
  }

  private static InvalidSetting invalid(String problem) {
    return new InvalidSetting(
        "secrets.privateKey",
        problem,
        "Enter the whole file that GitHub gave when the key was made, with its first and last"
            + " line.");
  }
}
