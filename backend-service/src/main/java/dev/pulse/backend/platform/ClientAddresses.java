package dev.pulse.backend.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * From where a request comes. Anybody can write {@code X-Forwarded-For}, so it counts only as far
 * as proxies that are trusted have written it: from the right, up to the first that is not one.
 */
@Component
public class ClientAddresses {

  private final List<IpAddressMatcher> trusted;

  /** {@code pulse.trusted-proxies}: addresses or networks, such as {@code 10.0.0.0/8}. */
  ClientAddresses(@Value("${pulse.trusted-proxies:}") List<String> proxies) {
    this.trusted = proxies.stream().map(String::strip).map(IpAddressMatcher::new).toList();
  }

  /** The address of whoever sent the request, as far as it can be believed. */
  public String of(HttpServletRequest request) {
    var address = request.getRemoteAddr();
    for (var hop : hopsFromTheRight(request)) {
      if (!isTrusted(address) || !isAddress(hop)) break;
      address = hop;
    }
    return address;
  }

  /** All that one subscriber is likely to own: an IPv4 address, or the 64 bits of an IPv6 one. */
  public String network(HttpServletRequest request) {
    var bytes = InetAddress.ofLiteral(of(request)).getAddress();
    return HexFormat.of().formatHex(bytes, 0, bytes.length == 4 ? 4 : 8);
  }

  private static List<String> hopsFromTheRight(HttpServletRequest request) {
    return Collections.list(request.getHeaders("X-Forwarded-For")).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .toList()
        .reversed();
  }

  private boolean isTrusted(String address) {
    return trusted.stream().anyMatch(proxies -> proxies.matches(address));
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
