package dev.pulse.backend.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.SettableClock;
import dev.pulse.backend.platform.NoRedis;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private static final Rate RATE = new Rate(10, Duration.ofMinutes(1));

  @Test
  void however_many_come_no_more_buckets_are_kept_than_may_be() {
    var buckets = new OwnBuckets(TimeMeter.SYSTEM_MILLISECONDS, 1_000, Duration.ofMinutes(1));

    for (int i = 0; i < 50_000; i++) buckets.spend("network:" + i, RATE);

    assertThat(buckets.size()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void a_person_with_a_busy_dashboard_never_waits() {
    var clock = new SettableClock();
    var limits = new RateLimits(LimitSettingsTest.read(Map.of()), NoRedis.make(), clock);
    int tabs = 6;
    int panels = 40;

    for (int i = 0; i < tabs * panels; i++) assertGranted(limits.spend(Limit.READS, "user:7"));

    for (int second = 0; second < 600; second++) { // each panel asks every five seconds
      clock.advance(Duration.ofSeconds(1));
      for (int i = 0; i < tabs * panels / 5; i++) {
        assertGranted(limits.spend(Limit.READS, "user:7"));
      }
    }
    for (int i = 0; i < tabs * panels; i++) assertGranted(limits.spend(Limit.READS, "user:7"));
  }

  private static void assertGranted(Allowance allowance) {
    assertThat(allowance.isGranted()).isTrue();
  }
}
