package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.platform.telemetry.Spans;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Opens the way to a source. */
@Component
@EnableConfigurationProperties(SourceSettings.class)
public class SourceHttpFactory {

  /**
   * The most requests that an opened source has under way at once. Only one run at a time uses a
   * budget, so no budget meets more than this, besides what people ask while they set a connection
   * up: well below the 100 at once from which GitHub's secondary limit begins.
   */
  static final int CONNECTIONS = 32;

  private final AddressRules rules;
  private final SourceSettings settings;
  private final SourceGates gates;
  private final Clock clock;
  private final Meters meters;
  private final Spans spans;

  SourceHttpFactory(
      AddressRules rules,
      SourceSettings settings,
      SourceGates gates,
      Clock clock,
      Meters meters,
      Spans spans) {
    this.rules = rules;
    this.settings = settings;
    this.gates = gates;
    this.clock = clock;
    this.meters = meters;
    this.spans = spans;
  }

  /**
   * A client for one origin. The addresses that are checked are the ones connected to: there is no
   * second look-up in between.
   *
   * @param user who asks, in figures: the id of a connector
   */
  public SourceHttp open(String user, URI origin, Network network) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new Checked(origin, network))
            .setTlsSocketStrategy(new DefaultClientTlsStrategy(Trust.context(network)))
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .setSocketTimeout(Timeout.of(settings.deadline()))
                    .setValidateAfterInactivity(TimeValue.of(2, TimeUnit.SECONDS))
                    .setTimeToLive(TimeValue.of(5, TimeUnit.MINUTES))
                    .build())
            .build();
    var client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setProxy(proxy(network))
            .setDefaultCredentialsProvider(credentials(network))
            .setUserAgent("Pulse-Platform")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(settings.deadline()))
                    .setResponseTimeout(Timeout.of(settings.deadline()))
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .build();
    return new SourceHttp(
        origin,
        client,
        gates.of(origin, network),
        settings,
        clock,
        new RequestMeter(user, meters, spans));
  }

  private static @Nullable HttpHost proxy(Network network) {
    var proxy = network.proxy();
    return proxy == null ? null : new HttpHost("http", proxy.getHost(), proxy.getPort());
  }

  /** For the proxy alone: the source gets its token in a header of each request. */
  private static CredentialsProvider credentials(Network network) {
    var proxy = network.proxy();
    var password = network.proxyPassword();
    if (proxy == null || proxy.getUserInfo() == null || password == null) {
      return (scope, context) -> null;
    }
    return CredentialsProviderBuilder.create()
        .add(
            new AuthScope(proxy.getHost(), proxy.getPort()),
            proxy.getUserInfo(),
            password.reveal().toCharArray())
        .build();
  }

  private final class Checked implements DnsResolver {

    private final URI origin;
    private final Network network;

    Checked(URI origin, Network network) {
      this.origin = origin;
      this.network = network;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return rules.resolve(origin, network);
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
      return Arrays.stream(resolve(host)).map(each -> new InetSocketAddress(each, port)).toList();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
