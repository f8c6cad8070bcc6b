package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
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
  private final List<String> proxiedHosts;
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
    this.proxiedHosts =
        settings.proxiedHosts().stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
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

  /**
   * The addresses of the proxy for a source. The source's own address is looked up by the proxy, so
   * its name must be one that the operator has listed.
   *
   * @throws AddressRefused if the proxy or the source may not be used
   * @throws UnknownHostException if the proxy has no address
   */
  InetAddress[] resolveProxy(URI proxy, URI origin) throws UnknownHostException {
    var host = String.valueOf(origin.getHost()).toLowerCase(Locale.ROOT);
    if (!"https".equalsIgnoreCase(origin.getScheme())) {
      throw new AddressRefused("only https is read through a proxy");
    }
    if (proxiedHosts.stream().noneMatch(listed -> covers(listed, host))) {
      throw new AddressRefused(
          host + " is not in pulse.sources.proxied-hosts, and only such hosts may be proxied");
    }
    var addresses = resolver.resolve(proxy.getHost().replaceAll("^\\[|]$", ""));
    if (addresses.length == 0) throw new UnknownHostException(proxy.getHost());
    if (!Arrays.stream(addresses).allMatch(each -> allowed.matches(each) && !disguised(each))) {
      throw new AddressRefused(
          "the proxy " + proxy.getHost() + " is a private address outside the allowed networks");
    }
    return addresses;
  }

  private static boolean covers(String listed, String host) {
    return listed.startsWith("*.") ? host.endsWith(listed.substring(1)) : host.equals(listed);
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
   * @throws AddressRefused if a source may not have it, or may not be reached this way
   */
  public void check(URI origin, Network network) {
    try {
      resolve(origin, network);
    } catch (UnknownHostException e) {
      var proxy = network.proxy();
      throw new AddressRefused(
          "the host " + (proxy == null ? origin : proxy).getHost() + " is not known");
    }
  }

  /** The addresses to connect to on the way to a source. */
  InetAddress[] resolve(URI origin, Network network) throws UnknownHostException {
    var proxy = network.proxy();
    return proxy == null ? resolve(origin) : resolveProxy(proxy, origin);
  }
}
