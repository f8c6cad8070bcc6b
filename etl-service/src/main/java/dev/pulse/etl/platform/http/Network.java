package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.secret.Secret;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a source is reached: directly, or through an HTTP proxy; trusting the public certificate
 * authorities, and those of a company besides.
 *
 * @param proxy {@code http://[user@]host:port}; null = no proxy
 * @param proxyPassword of the user that {@code proxy} names
 * @param authorities certificates trusted besides the public ones
 */
public record Network(
    @Nullable URI proxy, @Nullable Secret proxyPassword, List<X509Certificate> authorities) {

  public static final Network DIRECT = new Network(null, null, List.of());

  /** A network setting that cannot work. */
  public static final class InvalidNetwork extends RuntimeException {

    private final String field;

    InvalidNetwork(String field, String problem) {
      super(problem);
      this.field = field;
    }

    /** Name of the setting, such as {@code proxy}; the message completes it. */
    public String field() {
      return field;
    }
  }

  public Network {
    authorities = List.copyOf(authorities);
  }

  /**
   * Reads the settings as a person entered them.
   *
   * @param proxy null or blank = no proxy
   * @param caCertificate one or more certificates in PEM; null or blank = none
   * @throws InvalidNetwork if one of them is not what it should be
   */
  public static Network of(
      @Nullable String proxy, @Nullable Secret proxyPassword, @Nullable String caCertificate) {
    var address = proxy == null || proxy.isBlank() ? null : proxyAddress(proxy.strip());
    if (proxyPassword != null && (address == null || address.getUserInfo() == null)) {
      throw new InvalidNetwork("proxy", "names no user that the password could belong to");
    }
    return new Network(
        address,
        proxyPassword,
        caCertificate == null || caCertificate.isBlank()
            ? List.of()
            : certificates(caCertificate.strip()));
  }

  private static URI proxyAddress(String text) {
    try {
      var uri = new URI(text);
      if (!"http".equals(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
          || uri.getHost() == null
          || uri.getPort() < 1
          || !(uri.getRawPath() + "").matches("/?")
          || uri.getRawQuery() != null) {
        throw new InvalidNetwork("proxy", "is not of the form http://host:port");
      }
      if (uri.getUserInfo() != null && uri.getUserInfo().contains(":")) {
        throw new InvalidNetwork("proxy", "must not hold the password: it has a field of its own");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new InvalidNetwork("proxy", "is not of the form http://host:port");
    }
  }

  private static List<X509Certificate> certificates(String pem) {
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      var certificates = found.stream().map(X509Certificate.class::cast).toList();
      if (certificates.isEmpty()) throw new InvalidNetwork("caCertificate", "holds no certificate");
      for (var each : certificates) {
        if (each.getBasicConstraints() < 0) {
          throw new InvalidNetwork(
              "caCertificate",
              "is not that of an authority: " + each.getSubjectX500Principal().getName());
        }
      }
      return certificates;
    } catch (CertificateException e) {
      throw new InvalidNetwork("caCertificate", "is not a certificate in PEM");
    }
  }
}
