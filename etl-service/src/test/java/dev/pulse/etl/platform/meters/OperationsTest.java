package dev.pulse.etl.platform.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many records there are, the series are few. */
class OperationsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);

  @ParameterizedTest
  @CsvSource({
    "search/jql,search/jql",
    "serverInfo,serverInfo",
    "IssueTimeline,IssueTimeline",
    "issue/10001/changelog,issue/{id}/changelog",
    "project/ACME/versions,project/{id}/versions",
    "/rest/agile/1.0/board/12/sprint,/rest/agile/1.0/board/{id}/sprint",
    "issue/ACME-7/remotelink,issue/{id}/remotelink",
    "things/5e3f-a1,things/{id}"
  })
  void ids_are_left_out(String operation, String told) {
    assertThat(new Operations().bounded("toy", operation)).isEqualTo(told);
  }

  @Test
  void a_hundred_thousand_records_make_one_series() {
    for (int i = 0; i < 100_000; i++) {
      meters.request("toy", "issue/" + i + "/changelog", 200, Duration.ofMillis(1));
    }

    assertThat(registry.find(Measure.SOURCE_REQUESTS.meter()).timers()).hasSize(1);
  }

  @Test
  void names_that_no_end_is_in_sight_of_are_counted_together() {
    for (int i = 0; i < 10_000; i++) {
      var word = Integer.toString(i, 26).replaceAll("[0-9]", "z");
      meters.request("toy", "x" + word + "y".repeat(i % 97), 200, Duration.ofMillis(1));
    }

    assertThat(registry.find(Measure.SOURCE_REQUESTS.meter()).timers())
        .hasSizeLessThanOrEqualTo(Operations.MOST + 1);
    assertThat(
            registry
                .get(Measure.SOURCE_REQUESTS.meter())
                .tag("operation", Operations.OTHER)
                .timer()
                .count())
        .isPositive();
  }
}
