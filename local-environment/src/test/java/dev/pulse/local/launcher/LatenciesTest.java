package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a benchmark tells of something that it has measured again and again. */
class LatenciesTest {

  @Test
  void a_percentile_is_a_time_that_was_measured() {
    var latencies = new Latencies();
    for (int millis = 20; millis > 0; millis--) latencies.add(Duration.ofMillis(millis * 10L));

    assertThat(latencies.figures()).hasToString("{\"p50_ms\":100,\"p95_ms\":190,\"n\":20}");
    assertThat(latencies.percentile(100)).hasMillis(200);
    assertThat(latencies.percentile(1)).hasMillis(10);
  }

  @Test
  void short_times_are_told_to_the_hundredth_of_a_millisecond() {
    var latencies = new Latencies();
    latencies.add(Duration.ofNanos(1_237_000));
    var others = new Latencies();
    others.add(Duration.ofNanos(401_000));
    latencies.addAll(others);

    assertThat(latencies.percentileMillis(50)).isEqualTo(0.4);
    assertThat(latencies.percentileMillis(99)).isEqualTo(1.24);
  }

  @Test
  void one_time_is_all_percentiles() {
    var latencies = new Latencies();
    latencies.add(Duration.ofMillis(7));

    assertThat(latencies.figures()).hasToString("{\"p50_ms\":7,\"p95_ms\":7,\"n\":1}");
  }

  @Test
  void nothing_measured_is_no_figure() {
    assertThatThrownBy(() -> new Latencies().percentile(50))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_measuring_test_tells_its_figures_among_much_else() {
    var told = MeasuringTest.figures("[INFO] x\nload 5 rows/s\nms=0.41\npage_ms=12.5\nms=0.42\n");

    assertThat(told).isEqualTo(Map.of("ms", 0.42, "page_ms", 12.5));
  }
}
