package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;

/**
 * Which addresses a source may have. A connection's URL is somebody's input: without this rule it
 * could point Pulse, and the token, at machines only Pulse can reach.
 */
@Component
public class AddressRules {

  private final InetAddressFilter allowed;
  private final InetAddressFilter inside;
  private final Resolver resolver;

  /** Looks names up; tests put their own in its place. */
  @FunctionalInterface
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  @Autowired
  AddressRules(SourceSettings settings) {
    this(settings, InetAddress::getAllByName);
  }

  AddressRules(SourceSettings settings, Resolver resolver) {
    this.inside =
        settings.allowedNetworks().isEmpty()
            ? InetAddressFilter.none()
            : InetAddressFilter.of(settings.allowedNetworks().toArray(String[]::new));
    this.allowed = InetAddressFilter.externalAddresses().or(inside);
    this.resolver = resolver;
  }

  /**
   * The addresses of a host that may be connected to.
   *
   * @throws AddressRefused if one of its addresses may not
   * @throws UnknownHostException if it has none
   */
  InetAddress[] resolve(URI origin) throws UnknownHostException {
    var scheme = String.valueOf(origin.getScheme()).toLowerCase(Locale.ROOT);
    var host = origin.getHost();
    if (host == null || origin.getUserInfo() != null) {
      throw new AddressRefused("the URL has no plain host name");
    }
    var rule =
        switch (scheme) {
          case "https" -> allowed;
          case "http" -> inside;
          default -> throw new AddressRefused("only https URLs can be read, not " + scheme);
        };
    var addresses = resolver.resolve(host.replaceAll("^\\[|]$", ""));
    if (addresses.length == 0) throw new UnknownHostException(host);
    if (!Arrays.stream(addresses).allMatch(each -> rule.matches(each) && !disguised(each))) {
      throw new AddressRefused(
          scheme.equals("http")
              ? host
                  + " is not in an allowed network, and only there may a source be read without TLS"
              : host + " is a private address outside the allowed networks");
    }
    return addresses;
  }

  /** The old IPv6 form of an IPv4 address, such as {@code ::127.0.0.1}, which nobody routes. */
  private static boolean disguised(InetAddress address) {
    return address instanceof Inet6Address six
        && six.isIPv4CompatibleAddress()
        && !six.isLoopbackAddress();
  }

  /**
   * Checks a URL before it is saved.
   *
   * @throws AddressRefused if a source may not have it
   */
  public void check(URI origin) {
    try {
      resolve(origin);
    } catch (UnknownHostException e) {
      throw new AddressRefused("the host " + origin.getHost() + " is not known");
    }
  }
}
