package dev.pulse.etl.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.platform.secret.Secret;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The settings of traces; what is told with them is in TracesTest. */
class TelemetryTest extends EtlTest {

  @Autowired TracerProvider provider;
  @Autowired TelemetrySettings settings;

  @Test
  void without_an_address_there_is_nothing_that_could_send() {
    assertThat(provider).isSameAs(TracerProvider.noop());
    assertThat(settings.endpoint()).isNull();
    assertThat(settings.headers()).isEmpty();
    assertThat(settings.sampling()).isEqualTo(1);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:4318",
        "ftp://collector",
        "http://",
        "http://user:password@collector",
        "http://collector?key=1",
      })
  void an_address_that_is_none_is_refused(String address) {
    assertThatThrownBy(() -> settings(address))
        .hasMessageContaining("http://127.0.0.1:4318")
        .hasMessageNotContaining("password");
  }

  @Test
  void what_the_collector_asks_for_is_not_shown() {
    assertThat(settings("https://collector.example/otlp/").toString()).doesNotContain("Bearer");
  }

  private static TelemetrySettings settings(String address) {
    return new TelemetrySettings(
        address, Map.of("authorization", new Secret("Bearer 4711")), 1, Duration.ofSeconds(1));
  }
}
