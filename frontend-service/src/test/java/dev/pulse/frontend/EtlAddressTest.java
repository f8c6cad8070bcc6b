package dev.pulse.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtlAddressTest {

  @Test
  void a_page_stands_on_the_same_server() {
    var etl = new EtlAddress(URI.create("https://pulse.example.org:8443"));

    assertThat(etl.page("/docs")).hasToString("https://pulse.example.org:8443/docs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "127.0.0.1", "file:///etc/passwd"})
  void an_address_that_is_not_http_stops_the_start(String url) {
    assertThatThrownBy(() -> new EtlAddress(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pulse.etl.url");
  }
}
