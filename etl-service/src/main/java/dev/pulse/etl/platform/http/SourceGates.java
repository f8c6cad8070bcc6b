package dev.pulse.etl.platform.http;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The gate to each source that this node has asked, shared by all connections to it. */
@Component
@EnableConfigurationProperties(OutageSettings.class)
class SourceGates {

  /** Beyond it those are forgotten that stand open. */
  private static final int MANY = 1_000;

  private final OutageSettings settings;
  private final Clock clock;
  private final ConcurrentMap<Way, SourceGate> gates = new ConcurrentHashMap<>();

  SourceGates(OutageSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** A proxy that is down, or a certificate that is missing, says nothing of the others. */
  private record Way(String origin, @Nullable URI proxy, List<X509Certificate> authorities) {}

  /**
   * A source, as this node sees it.
   *
   * @param proxy through which it is reached; null = directly
   */
  record Known(String origin, @Nullable String proxy, SourceGate.Seen seen) {}

  SourceGate of(URI origin, Network network) {
    if (gates.size() > MANY) {
      gates.values().removeIf(gate -> gate.seen().state() == SourceGate.State.UP);
    }
    var way =
        new Way(
            origin.getScheme() + "://" + origin.getAuthority(),
            network.proxy(),
            network.authorities());
    return gates.computeIfAbsent(
        way, _ -> new SourceGate(String.valueOf(origin.getHost()), settings, clock));
  }

  /** All, those that are down first. */
  List<Known> all() {
    return gates.entrySet().stream()
        .map(each -> known(each.getKey(), each.getValue()))
        .sorted(
            Comparator.comparing((Known each) -> each.seen().state() == SourceGate.State.UP)
                .thenComparing(Known::origin))
        .toList();
  }

  private static Known known(Way way, SourceGate gate) {
    var proxy = way.proxy == null ? null : way.proxy.getHost() + ":" + way.proxy.getPort();
    return new Known(way.origin, proxy, gate.seen());
  }
}
