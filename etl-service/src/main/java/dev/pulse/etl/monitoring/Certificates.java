package dev.pulse.etl.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.etl.platform.access.Visible;
import dev.pulse.model.Attention;
import dev.pulse.model.Attention.Kind;
import dev.pulse.model.Attention.Page;
import dev.pulse.model.Attention.Severity;
import dev.pulse.model.Attention.Target;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Certificates that connections trust, and that are about to expire. In a transaction. */
@Component
class Certificates {

  private static final Duration SOON = Duration.ofDays(30);

  private final JdbcClient jdbc;
  private final Clock clock;

  Certificates(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Trusting(long id, String name, String pem) {}

  List<Attention> all() {
    var now = clock.instant();
    return jdbc
        .sql(
            """
            select id, name, network ->> 'caCertificate' as pem
            from connection
            where network ->> 'caCertificate' is not null
              and (:visible::bigint[] is null or id = any(:visible))
            order by id
            """)
        .param("visible", Visible.now().ids())
        .query(Trusting.class)
        .list()
        .stream()
        .flatMap(
            each ->
                firstToExpire(each)
                    .filter(first -> end(first).isBefore(now.plus(SOON)))
                    .map(first -> told(each, first, now))
                    .stream())
        .toList();
  }

  private static Attention told(Trusting connection, X509Certificate first, Instant now) {
    var end = end(first);
    boolean over = !now.isBefore(end);
    return new Attention(
        Kind.CERTIFICATE_EXPIRES,
        over ? Severity.ERROR : Severity.WARNING,
        "A certificate that %s trusts %s"
            .formatted(connection.name, over ? "has expired" : "expires soon"),
        first.getSubjectX500Principal().getName(),
        "Enter its successor in the connection, beside it or in its place.",
        Target.of(Page.CONNECTION, connection.id),
        connection.id,
        over ? end : null,
        over ? null : end,
        null);
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /** Empty for what is no certificate: then a run has failed, and says so. */
  private static Optional<X509Certificate> firstToExpire(Trusting connection) {
    try {
      var pem = new ByteArrayInputStream(connection.pem.getBytes(UTF_8));
      return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
          .map(X509Certificate.class::cast)
          .min(Comparator.comparing(X509Certificate::getNotAfter));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }
}
