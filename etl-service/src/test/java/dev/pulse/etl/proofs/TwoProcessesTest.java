package dev.pulse.etl.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two nodes, each a process, share the work: one dies, both begin at once, or their clocks
 * disagree.
 */
@Tag("long")
class TwoProcessesTest extends ProcessTest {

  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final String WITHOUT_FAKETIME =
      "since libfaketime (Debian: faketime) is not installed";

  /** The node that is left takes all runs over as soon as their leases have run out. */
  @Test
  void twenty_dead_nodes_are_followed_within_their_lease_and_five_seconds() {
    slow(80);
    var left = start();
    var next = start();
    connect(left);
    var handOvers = new ArrayList<Duration>();
    while (handOvers.size() < 20) {
      if (allFinished()) restartFromScratch(left);
      pause(200, 800);
      var dying = held(next) > 0 ? next : left;
      if (held(dying) == 0) continue;
      var other = dying == next ? left : next;
      var runs = runsOf(dying);

      long killed = System.nanoTime();
      dying.kill();
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> runsOf(dying).isEmpty() && takenOver(runs));
      handOvers.add(Duration.ofNanos(System.nanoTime() - killed));

      left = other;
      next = start();
    }
    simulator.faults().clear();
    awaitTruth();
    compareWithUndisturbed(left);
    handOvers.sort(null);
    System.out.printf(
        "kill -9 to taken over, lease %s: median %s, longest %s%n",
        LEASE, handOvers.get(handOvers.size() / 2), handOvers.getLast());
    assertThat(handOvers.getLast()).isLessThan(LEASE.plusSeconds(5));
  }

  /** Who holds a run is decided by the database's clock, what has changed by the source's. */
  @Test
  void clocks_that_are_three_minutes_apart_change_nothing() {
    var early = startWithClock(-90);
    var late = startWithClock(90);
    slow(60);
    connect(early);
    for (int kill = 0; kill < 8; kill++) {
      if (allFinished()) restartFromScratch(early);
      pause(200, 1_000);
      if (kill % 2 == 0) {
        early.kill();
        early = startWithClock(-90);
      } else {
        late.kill();
        late = startWithClock(90);
      }
    }
    simulator.faults().clear();
    awaitTruth();

    for (int round = 0; round < 4; round++) {
      for (var source : sources) source.change(30);
      startAll(round % 2 == 0 ? early : late);
      awaitFinished();
      awaitTruth();
    }
    compareWithUndisturbed(late);
  }

  /** Nothing is read meanwhile: all that counts is who begins. */
  @Test
  void a_thousand_starts_on_two_nodes_at_once_have_one_owner_each() throws Exception {
    var nodes = List.of(start(), start());
    connect(nodes.getFirst());
    stopAll(nodes.getFirst());
    slow(20_000);
    try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int race = 0; race < 500; race++) {
        var before = count("select count(*) from run");

        var starts = new ArrayList<Callable<JsonNode>>();
        for (long job : jobs()) {
          for (var node : nodes) {
            starts.add(() -> node.api("POST", "jobs/" + job + "/start", "{\"force\":true}"));
          }
        }
        for (var start : operators.invokeAll(starts)) start.get();

        await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> held(nodes.getFirst()) + held(nodes.getLast()) == sources.size());
        assertThat(count("select count(*) from run")).isEqualTo(before + sources.size());
        assertThat(texts("select token::text from run_lease")).containsOnly("1");
        stopAll(nodes.get(race % 2));
      }
    }
    assertThat(count("select max(attempts) from run")).isEqualTo(1);
  }

  private void stopAll(EtlProcess node) {
    for (long job : jobs()) node.api("POST", "jobs/" + job + "/stop", "{\"mode\":\"now\"}");
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> count("select count(*) from run where state = 'RUNNING'") == 0);
  }

  /** Runs whose lease names the node, lapsed or not. */
  private List<String> runsOf(EtlProcess node) {
    return texts("select run_id::text from run_lease where owner like '" + node.pid() + "@%'");
  }

  private boolean takenOver(List<String> runs) {
    return count(
            """
            select count(*)
            from run r
            left join run_lease l on l.run_id = r.id and l.expires > clock_timestamp()
            where r.id in (%s) and r.state = 'RUNNING' and l.run_id is null
            """
                .formatted(String.join(",", runs)))
        == 0;
  }

  /** A node whose clock is wrong by so many seconds, which is made sure of. */
  private EtlProcess startWithClock(int secondsAhead) {
    var node = start(clock(secondsAhead));
    assertThat(Duration.between(Instant.now(), node.clock()))
        .isCloseTo(Duration.ofSeconds(secondsAhead), Duration.ofSeconds(5));
    return node;
  }

  /** What makes a process see another time of day. */
  private static Map<String, String> clock(int secondsAhead) {
    var library =
        Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
            .map(arch -> Path.of("/usr/lib", arch, "faketime", "libfaketime.so.1"))
            .filter(Files::exists)
            .findFirst();
    if (library.isEmpty()) System.out.println("NOT PROVED: wrong clocks, " + WITHOUT_FAKETIME);
    assumeTrue(library.isPresent(), WITHOUT_FAKETIME);
    return Map.of(
        "LD_PRELOAD", library.get().toString(), "FAKETIME", "%+ds".formatted(secondsAhead));
  }
}
