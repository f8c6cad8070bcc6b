package dev.pulse.etl.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import dev.pulse.etl.platform.http.HttpFailure.Unreachable;
import dev.pulse.etl.platform.http.Network.InvalidNetwork;
import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.platform.secret.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

@Timeout(30)
class NetworkTest {

  private static final Meters METERS = new Meters(new SimpleMeterRegistry());
  private static final TestAuthority AUTHORITY = TestAuthority.make();
  private static final URI INSIDE = URI.create("https://source.internal.example");
  private static final String TOKEN = "Bearer canary-7";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpsServer source;

  @BeforeEach
  void a_source_behind_a_private_certificate() throws IOException {
    source = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    source.setHttpsConfigurator(new HttpsConfigurator(AUTHORITY.server()));
    source.createContext(
        "/",
        exchange -> {
          seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    source.start();
  }

  @AfterEach
  void no_source() {
    source.stop(0);
  }

  @Test
  void a_private_authority_is_trusted_where_it_was_given_and_nowhere_else() throws Exception {
    var direct = URI.create("https://127.0.0.1:" + source.getAddress().getPort());
    try (var told = factory().open("test", direct, Network.of(null, null, AUTHORITY.pem()));
        var untold = factory().open("test", direct, Network.DIRECT)) {
      told.send(ask(direct));
      assertThatThrownBy(() -> untold.send(ask(direct)))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("SSLHandshakeException");
      assertThat(seen).containsExactly(TOKEN);
    }
  }

  @Test
  void the_authority_of_another_company_is_not_enough() {
    var direct = URI.create("https://127.0.0.1:" + source.getAddress().getPort());
    try (var http =
        factory().open("test", direct, Network.of(null, null, TestAuthority.make().pem()))) {
      assertThatThrownBy(() -> http.send(ask(direct))).isInstanceOf(Unreachable.class);
    }
  }

  @Test
  void through_a_proxy_the_token_is_seen_by_the_source_alone() throws Exception {
    try (var proxy = proxy("");
        var http = factory().open("test", INSIDE, through(proxy, "", null))) {
      http.send(ask(INSIDE));
      http.send(ask(INSIDE));

      assertThat(seen).containsExactly(TOKEN, TOKEN);
      assertThat(proxy.heads).hasSize(1);
      assertThat(proxy.heads.getFirst())
          .startsWith("CONNECT source.internal.example:443 ")
          .doesNotContain("canary");
    }
  }

  @Test
  void a_proxy_may_ask_for_a_password() throws Exception {
    try (var proxy = proxy("Basic bWU6cHct")) {
      try (var http = factory().open("test", INSIDE, through(proxy, "me@", new Secret("pw-1")))) {
        http.send(ask(INSIDE));
        assertThat(seen).containsExactly(TOKEN);
      }
      try (var http = factory().open("test", INSIDE, through(proxy, "me@", new Secret("wrong")))) {
        assertThatThrownBy(() -> http.send(ask(INSIDE))).isInstanceOf(AddressRefused.class);
      }
    }
  }

  @Test
  void a_host_that_the_operator_has_not_listed_is_not_asked_for() throws Exception {
    var other = URI.create("https://metadata.example");
    try (var proxy = proxy("");
        var http = factory().open("test", other, through(proxy, "", null))) {
      assertThatThrownBy(() -> http.send(ask(other)))
          .isInstanceOf(AddressRefused.class)
          .hasMessageContaining("proxied-hosts");
      assertThat(proxy.heads).isEmpty();
    }
  }

  @Test
  void a_proxy_inside_must_be_in_an_allowed_network() throws Exception {
    try (var proxy = proxy("")) {
      var rules = rules("10.0.0.0/8");

      assertThatThrownBy(() -> rules.check(INSIDE, through(proxy, "", null)))
          .isInstanceOf(AddressRefused.class)
          .hasMessageContaining("the proxy 127.0.0.1");
    }
  }

  @Test
  void nothing_is_read_through_a_proxy_without_tls() throws Exception {
    try (var proxy = proxy("")) {
      var plain = URI.create("http://source.internal.example");

      assertThatThrownBy(() -> rules("127.0.0.0/8").check(plain, through(proxy, "", null)))
          .isInstanceOf(AddressRefused.class)
          .hasMessageContaining("only https");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://proxy:3128",
    "http://proxy",
    "http://proxy:3128/path",
    "http://proxy:3128?a=b",
    "http://me:pw@proxy:3128",
    "socks5://proxy:1080",
    "proxy:3128",
    "'http://pro xy:3128'",
  })
  void an_address_that_is_no_proxy_is_refused(String address) {
    assertThatThrownBy(() -> Network.of(address, null, null))
        .isInstanceOfSatisfying(
            InvalidNetwork.class, e -> assertThat(e.field()).isEqualTo("proxy"));
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense",
    "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'",
    "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'",
  })
  void what_is_no_certificate_is_refused(String pem) {
    assertThatThrownBy(() -> Network.of(null, null, pem))
        .isInstanceOfSatisfying(
            InvalidNetwork.class, e -> assertThat(e.field()).isEqualTo("caCertificate"));
  }

  private ConnectProxy proxy(String authorization) throws IOException {
    return new ConnectProxy(source.getAddress().getPort(), authorization);
  }

  private static Network through(ConnectProxy proxy, String user, @Nullable Secret password) {
    return Network.of(proxy.uri(user).toString(), password, AUTHORITY.pem());
  }

  private static Request ask(URI origin) {
    return Request.get("things", origin.resolve("/things")).with("Authorization", TOKEN);
  }

  private static AddressRules rules(String network) {
    return new AddressRules(settings(network), InetAddress::getAllByName);
  }

  private static SourceHttpFactory factory() {
    var settings = settings("127.0.0.0/8");
    return new SourceHttpFactory(
        rules("127.0.0.0/8"),
        settings,
        SourceGateTest.gates(),
        Clock.systemUTC(),
        METERS,
        SourceGateTest.NO_SPANS);
  }

  private static SourceSettings settings(String network) {
    return new SourceSettings(
        List.of(network),
        List.of("*.internal.example"),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        DataSize.ofMegabytes(1));
  }
}
