package dev.pulse.etl.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import dev.pulse.etl.platform.meters.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class AddressRulesTest {

  private static final Meters METERS = new Meters(new SimpleMeterRegistry());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1",
        "https://127.0.0.2",
        "https://localhost",
        "https://127.1",
        "https://2130706433",
        "https://0x7f000001",
        "https://0.0.0.0",
        "https://[::1]",
        "https://[::]",
        "https://[::ffff:127.0.0.1]",
        "https://[::ffff:7f00:1]",
        "https://[::127.0.0.1]",
        "https://[64:ff9b::127.0.0.1]",
        "https://[2002:7f00:1::]",
        "https://[fe80::1]",
        "https://[fc00::1]",
        "https://[fd12:3456::1]",
        "https://[ff02::1]",
        "https://10.0.0.1",
        "https://172.16.0.1",
        "https://192.168.1.1",
        "https://169.254.169.254",
        "https://100.64.0.1",
        "https://224.0.0.1",
        "https://255.255.255.255",
        "https://[::ffff:169.254.169.254]"
      })
  void an_address_that_is_not_public_is_refused(String url) {
    assertThatThrownBy(() -> rules().check(URI.create(url), Network.DIRECT))
        .isInstanceOf(AddressRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://93.184.216.34",
        "file:///etc/passwd",
        "gopher://93.184.216.34/",
        "ftp://93.184.216.34/",
        "jar:https://93.184.216.34!/",
        "https://user:secret@93.184.216.34",
        "https:///path",
        "https:opaque",
        "//93.184.216.34",
        "93.184.216.34",
        ""
      })
  void only_a_plain_https_url_is_accepted(String url) {
    assertThatThrownBy(() -> rules().check(URI.create(url), Network.DIRECT))
        .isInstanceOf(AddressRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://93.184.216.34",
        "HTTPS://93.184.216.34:8443/a",
        "https://[2606:4700::1111]"
      })
  void a_public_address_over_https_is_accepted(String url) {
    assertThatCode(() -> rules().check(URI.create(url), Network.DIRECT)).doesNotThrowAnyException();
  }

  @Test
  void inside_an_allowed_network_http_and_private_addresses_are_accepted_and_nothing_beside_it() {
    var rules = rules("127.0.0.0/8", "10.1.0.0/16");

    assertThatCode(() -> rules.check(URI.create("http://127.0.0.1:9000"), Network.DIRECT))
        .doesNotThrowAnyException();
    assertThatCode(() -> rules.check(URI.create("https://10.1.2.3"), Network.DIRECT))
        .doesNotThrowAnyException();
    for (var other : List.of("http://10.2.0.1", "https://10.2.0.1", "http://93.184.216.34")) {
      assertThatThrownBy(() -> rules.check(URI.create(other), Network.DIRECT))
          .isInstanceOf(AddressRefused.class);
    }
  }

  @Test
  void a_name_with_one_private_address_among_its_addresses_is_refused() {
    var rules = new AddressRules(settings(), host -> addresses("93.184.216.34", "10.0.0.1"));

    assertThatThrownBy(() -> rules.check(URI.create("https://two.example"), Network.DIRECT))
        .isInstanceOf(AddressRefused.class)
        .hasMessageContaining("two.example");
  }

  @Test
  void a_name_that_is_not_known_says_so() {
    var rules = new AddressRules(settings(), host -> addresses());

    assertThatThrownBy(() -> rules.check(URI.create("https://nobody.example"), Network.DIRECT))
        .isInstanceOf(AddressRefused.class)
        .hasMessageContaining("nobody.example is not known");
  }

  @Test
  void a_name_that_turns_to_a_private_address_after_it_was_saved_is_not_connected_to()
      throws Exception {
    try (var server = new RawServer((line, out) -> out.write(RawServer.ok("", new byte[2])))) {
      var asked = new AtomicInteger();
      var rules =
          new AddressRules(
              settings(),
              host -> addresses(asked.getAndIncrement() == 0 ? "93.184.216.34" : "127.0.0.1"));
      var url = URI.create("https://rebinding.example:" + server.uri("/").getPort());
      rules.check(url, Network.DIRECT);

      try (var http =
          new SourceHttpFactory(
                  rules,
                  settings(),
                  SourceGateTest.gates(),
                  Clock.systemUTC(),
                  METERS,
                  SourceGateTest.NO_SPANS)
              .open("test", url, Network.DIRECT)) {
        assertThatThrownBy(() -> http.send(Request.get("probe", url)))
            .isInstanceOf(AddressRefused.class);
      }

      assertThat(asked).hasValue(2);
      assertThat(server.connections).hasValue(0);
    }
  }

  private static AddressRules rules(String... networks) {
    return new AddressRules(settings(networks), InetAddress::getAllByName);
  }

  private static SourceSettings settings(String... networks) {
    return new SourceSettings(
        List.of(networks),
        List.of(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        DataSize.ofMegabytes(1));
  }

  private static InetAddress[] addresses(String... literals) {
    var found = new InetAddress[literals.length];
    for (int i = 0; i < literals.length; i++) found[i] = InetAddress.ofLiteral(literals[i]);
    return found;
  }
}
