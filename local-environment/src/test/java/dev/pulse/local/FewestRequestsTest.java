package dev.pulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.World;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FewestRequestsTest {

  @Test
  void a_page_that_is_full_needs_no_other_and_lists_without_anything_none() {
    var fewest =
        new FewestRequests()
            .list("one", 200, 100)
            .list("none", 0, 100)
            .lists("many", LongStream.of(0, 1, 100, 101), 100);

    assertThat(fewest.byStream())
        .containsEntry("one", 2L)
        .containsEntry("none", 1L)
        .containsEntry("many", 4L);
  }

  @Test
  void every_source_that_is_read_for_itself_is_reckoned() {
    var world = new World(7, 1_000, new SettableClock(Instant.parse("2026-11-23T10:00:00Z")));
    try (var simulator = Simulator.start(world, 0)) {
      for (var source : simulator.sources()) {
        if (source.shownElsewhere()) continue;
        assertThat(source.fewestRequests()).as(source.name()).isNotEmpty();
        assertThat(source.fewestRequests().values())
            .as(source.name())
            .allSatisfy(requests -> assertThat(requests).isBetween(0L, 100L));
      }
    }
  }
}
