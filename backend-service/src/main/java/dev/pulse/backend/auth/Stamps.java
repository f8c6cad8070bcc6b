package dev.pulse.backend.auth;

import dev.pulse.backend.auth.KeyRing.NamedSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import org.springframework.stereotype.Component;

/**
 * Texts that only Pulse can have made: {@code key.text.mac}. Nothing of them is stored, so whoever
 * reads the database has none.
 */
@Component
class Stamps {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{8})\\.([A-Za-z0-9_.-]{1,80})\\.([A-Za-z0-9_-]{43})");

  private final AuthKeys keys;

  Stamps(AuthKeys keys) {
    this.keys = keys;
  }

  /** What a stamped text is for; one made for another purpose is worth nothing. */
  enum Purpose {
    REFRESH,
    DEVICE
  }

  String stamp(Purpose purpose, String text) {
    var secret = keys.current().secret();
    return "%s.%s.%s".formatted(secret.id(), text, mac(secret, purpose, text));
  }

  /** The text, if it was stamped for this purpose. */
  Optional<String> open(Purpose purpose, String stamped) {
    var form = FORM.matcher(stamped);
    if (!form.matches()) return Optional.empty();
    var text = form.group(2);
    return keys.current()
        .secret(form.group(1))
        .filter(secret -> same(mac(secret, purpose, text), form.group(3)))
        .map(_ -> text);
  }

  private static String mac(NamedSecret secret, Purpose purpose, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(secret.key());
      var bytes = (purpose + " " + text).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}
