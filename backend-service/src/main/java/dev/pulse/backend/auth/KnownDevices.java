package dev.pulse.backend.auth;

import dev.pulse.backend.auth.Stamps.Purpose;
import dev.pulse.backend.platform.SecretText;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Remembers, in the browser, that somebody has signed in there before: such a browser gets in while
 * strangers guess at the same account and are slowed down.
 *
 * @see <a
 *     href="https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies">
 *     OWASP: device cookies</a>
 */
@Component
class KnownDevices {

  private static final int BITS = 128;

  private final Stamps stamps;

  KnownDevices(Stamps stamps) {
    this.stamps = stamps;
  }

  String introduce(long userId) {
    return stamps.stamp(Purpose.DEVICE, userId + "." + SecretText.random(BITS));
  }

  /** The device's own name, if the user has signed in from it. */
  Optional<String> recognise(String stamped, long userId) {
    return stamps.open(Purpose.DEVICE, stamped).filter(text -> text.startsWith(userId + "."));
  }
}
