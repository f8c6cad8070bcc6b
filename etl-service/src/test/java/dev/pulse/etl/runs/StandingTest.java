package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Course.Way;
import dev.pulse.etl.runs.Standing.Reached;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");
  private static final Instant TODAY = Instant.parse("2026-05-20T08:12:59Z");
  private static final Instant LONG_AGO = Instant.parse("2024-03-02T23:59:00Z");

  @Test
  void a_walk_from_the_newest_to_the_oldest_has_come_back_to_a_day() {
    var standing = standing(new Reached(null, true, 40L, 90L, LONG_AGO, Way.BACKWARD));

    assertThat(standing.words()).isEqualTo("pull requests of acme/shop, back to 2 March 2024");
    assertThat(standing.readBackTo()).isEqualTo(LONG_AGO);
    assertThat(standing.readUpTo()).isNull();
    assertThat(standing.upToDateAsOf()).isNull();
  }

  @Test
  void a_walk_from_the_oldest_to_the_newest_has_come_up_to_a_day() {
    var standing = standing(new Reached(LONG_AGO, true, 40L, null, TODAY, Way.FORWARD));

    assertThat(standing.words())
        .isEqualTo(
            "pull requests of acme/shop, up to 20 May 2026, 08:12 UTC; up to date as of 2 March"
                + " 2024");
    assertThat(standing.readUpTo()).isEqualTo(TODAY);
    assertThat(standing.upToDateAsOf()).isEqualTo(LONG_AGO);
  }

  @Test
  void a_walk_in_another_order_has_read_so_many() {
    assertThat(words(1_200L, 3_400L)).isEqualTo("pull requests of acme/shop, 1,200 of 3,400 read");
    assertThat(words(1_200L, null)).isEqualTo("pull requests of acme/shop, 1,200 read");
    assertThat(words(1_200L, 1_100L)).isEqualTo("pull requests of acme/shop, 1,200 read");
    assertThat(words(null, 1_100L))
        .isEqualTo("pull requests of acme/shop, not read to the end yet");
  }

  @Test
  void what_has_been_read_to_its_end_is_up_to_date() {
    var standing = standing(new Reached(TODAY, false, 40L, 40L, LONG_AGO, Way.BACKWARD));

    assertThat(standing.words())
        .isEqualTo("pull requests of acme/shop, up to date as of 20 May 2026, 08:12 UTC");
    assertThat(standing.upToDateAsOf()).isEqualTo(TODAY);
    assertThat(standing.readBackTo()).isNull();
  }

  @Test
  void a_stream_without_parts_is_named_alone() {
    var standing =
        Standing.of("teams", "", new Reached(LONG_AGO, false, null, null, null, null), NOW);

    assertThat(standing.words()).isEqualTo("teams, up to date as of 2 March 2024");
  }

  private static String words(@Nullable Long read, @Nullable Long total) {
    return standing(new Reached(null, true, read, total, TODAY, Way.MIXED)).words();
  }

  private static Standing standing(Reached reached) {
    return Standing.of("pull requests", "acme/shop", reached, NOW);
  }
}
