package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The engine is killed at random instants, hundreds of times, in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
class LightKillTest {

  /** Side by side, because most of the time a process starts, on one core. */
  private static final int LANES = 2;

  @Test
  void a_hundred_kills_lose_nothing_and_double_nothing() throws Exception {
    assertThat(mismatches(100, "together")).isEmpty();
  }

  @Test
  @Tag("long")
  void five_hundred_kills_lose_nothing_and_double_nothing() throws Exception {
    assertThat(mismatches(500, "together")).isEmpty();
  }

  @Test
  void the_same_kills_do_harm_when_rows_and_checkpoint_are_committed_apart() throws Exception {
    assertThat(mismatches(26, "apart")).isNotEmpty();
  }

  private static List<String> mismatches(int kills, String how) throws Exception {
    var lanes =
        LongStream.range(0, LANES)
            .mapToObj(seed -> (Callable<List<String>>) () -> lane(seed, kills / LANES, how))
            .toList();
    var found = new ArrayList<String>();
    try (var executor = Executors.newFixedThreadPool(LANES)) {
      for (var lane : executor.invokeAll(lanes)) found.addAll(lane.get());
    }
    return found;
  }

  private static List<String> lane(long seed, int kills, String how) throws Exception {
    return new KilledSyncs(seed).mismatches(kills, how);
  }
}
