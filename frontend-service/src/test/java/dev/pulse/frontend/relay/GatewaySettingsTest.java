package dev.pulse.frontend.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {

  @Test
  void a_path_is_put_behind_the_address_as_it_is() {
    assertThat(settings("https://gate.example:8443/").of("/api/a%20b?c=d"))
        .isEqualTo(URI.create("https://gate.example:8443/api/a%20b?c=d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://gate.example", "http://gate.example/under", "http:///", "gate"})
  void what_is_no_address_of_a_server_is_refused(String url) {
    assertThatThrownBy(() -> settings(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pulse.gateway.url");
  }

  private static GatewaySettings settings(String url) {
    return new GatewaySettings(URI.create(url), Duration.ofSeconds(2), Duration.ofMinutes(2));
  }
}
