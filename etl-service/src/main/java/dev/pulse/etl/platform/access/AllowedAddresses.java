package dev.pulse.etl.platform.access;

import dev.pulse.etl.platform.NotStartable;
import java.net.InetAddress;
import java.util.stream.Stream;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;

/** From where this service is asked. Only the address of the connection counts, never a header. */
@Component
class AllowedAddresses {

  private final InetAddressFilter allowed;

  AllowedAddresses(InternalSettings settings) {
    try {
      allowed =
          InetAddressFilter.of(
              Stream.concat(Stream.of("127.0.0.1", "::1"), settings.allowedAddresses().stream())
                  .toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw new NotStartable(
          "PULSE_INTERNAL_ALLOWED_ADDRESSES is not a list of addresses or networks, such as"
              + " 10.1.0.0/16: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Whether the service is asked from there.
   *
   * @param peer address of the connection, in figures
   */
  boolean allow(String peer) {
    return allowed.matches(InetAddress.ofLiteral(peer));
  }
}
