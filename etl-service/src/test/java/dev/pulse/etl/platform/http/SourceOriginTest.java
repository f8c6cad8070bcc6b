package dev.pulse.etl.platform.http;

import static dev.pulse.etl.platform.http.SourceHttpTest.factory;
import static dev.pulse.etl.platform.http.SourceHttpTest.get;
import static dev.pulse.etl.platform.http.SourceHttpTest.open;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is sent anywhere but to the source itself. */
class SourceOriginTest {

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
    try (var server =
            new RawServer(
                (line, out) ->
                    out.write(
                        "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(UTF_8)));
        var http = open(server, Duration.ofSeconds(5))) {
      var answer = http.send(get(server));

      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("location")).contains("/elsewhere");
      assertThat(server.requests).hasValue(1);
    }
  }

  @Test
  void another_origin_is_refused_and_nothing_is_sent() throws Exception {
    try (var server = new RawServer((line, out) -> out.write(RawServer.ok("", new byte[2])));
        var other = new RawServer((line, out) -> out.write(RawServer.ok("", new byte[2])));
        var http = open(server, Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> http.send(get(other))).isInstanceOf(AddressRefused.class);

      assertThat(other.connections).hasValue(0);
      assertThat(server.connections).hasValue(0);
    }
  }

  @Test
  void the_standard_port_is_the_same_origin_named_or_not() {
    var http =
        factory(Duration.ofSeconds(1), List.of())
            .open("test", URI.create("https://a.example/x"), Network.DIRECT);

    assertThat(http.sameOrigin(URI.create("https://A.example:443/y"))).isTrue();
    assertThat(http.sameOrigin(URI.create("https://a.example:444/y"))).isFalse();
    assertThat(http.sameOrigin(URI.create("http://a.example/y"))).isFalse();
    assertThat(http.sameOrigin(URI.create("https://me@a.example/y"))).isFalse();
    assertThat(http.sameOrigin(URI.create("/y"))).isFalse();
    http.close();
  }

  @Test
  void a_private_address_outside_the_allowed_networks_is_not_connected_to() throws Exception {
    try (var server = new RawServer((line, out) -> out.write(RawServer.ok("", new byte[2])));
        var http =
            factory(Duration.ofSeconds(5), List.of("10.0.0.0/8"))
                .open("test", server.uri("/"), Network.DIRECT)) {
      assertThatThrownBy(() -> http.send(get(server))).isInstanceOf(AddressRefused.class);

      assertThat(server.connections).hasValue(0);
    }
  }
}
