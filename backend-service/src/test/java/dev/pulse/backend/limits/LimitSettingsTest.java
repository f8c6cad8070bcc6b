package dev.pulse.backend.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitSettingsTest {

  @Test
  void the_defaults_are_those_of_the_documentation() {
    var settings = read(Map.of());

    assertThat(settings.reads()).isEqualTo(new Rate(600, Duration.ofSeconds(10)));
    assertThat(settings.writes()).isEqualTo(new Rate(300, Duration.ofMinutes(1)));
    assertThat(settings.downloads()).isEqualTo(new Rate(30, Duration.ofMinutes(1)));
    assertThat(settings.signIn()).isEqualTo(new Rate(60, Duration.ofMinutes(1)));
    assertThat(settings.strangers()).isEqualTo(new Rate(600, Duration.ofMinutes(1)));
    assertThat(settings.remembered()).isEqualTo(50_000);
  }

  @Test
  void each_limit_is_read_from_the_setting_of_its_name() {
    for (var limit : Limit.values()) {
      var settings = read(Map.of("pulse.limits." + limit.key(), "7/1h"));

      assertThat(settings.of(limit)).isEqualTo(new Rate(7, Duration.ofHours(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "10", "10/", "0/1s", "10/2h", "10/500ms", "-1/1s", "9999999/1s"})
  void what_is_no_rate_is_refused(String text) {
    assertThatThrownBy(() -> read(Map.of("pulse.limits.reads", text)))
        .hasStackTraceContaining("pulse.limits.reads")
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  static LimitSettings read(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(new HashMap<>(settings)))
        .bindOrCreate("pulse.limits", LimitSettings.class);
  }
}
