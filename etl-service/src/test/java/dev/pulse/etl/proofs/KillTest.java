package dev.pulse.etl.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.SourceProxy.Asked;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real service is killed, or frozen and overtaken, at random instants of a sync. */
@Execution(ExecutionMode.CONCURRENT)
class KillTest extends ProcessTest {

  @Test
  void five_kills_lose_nothing_and_double_nothing() {
    killAndCompare(5);
  }

  @Test
  @Tag("long")
  void thirty_kills_lose_nothing_and_double_nothing() {
    killAndCompare(30);
  }

  @Test
  void three_frozen_nodes_write_nothing_when_they_wake() {
    freezeAndCompare(3);
  }

  @Test
  @Tag("long")
  void a_hundred_frozen_nodes_write_nothing_when_they_wake() {
    freezeAndCompare(100);
  }

  private void killAndCompare(int kills) {
    slow(60);
    var node = start();
    connect(node);
    int inThisSync = 0;
    for (int kill = 0; kill < kills; kill++) {
      if (allFinished()) {
        assertFewPagesReadAgain(inThisSync);
        inThisSync = 0;
        restartFromScratch(node);
      }
      pause(100, 1_000);
      node.kill();
      inThisSync++;
      node = start();
    }
    simulator.faults().clear();
    awaitTruth();
    assertFewPagesReadAgain(inThisSync);
    compareWithUndisturbed(node);
    node.close();
  }

  /** A node is stopped in mid-run until another has taken its runs over, and then wakes up. */
  private void freezeAndCompare(int rounds) {
    slow(80);
    var first = start();
    var second = start();
    connect(first);
    for (int round = 0; round < rounds; round++) {
      if (allFinished()) restartFromScratch(second);
      var frozen = round % 2 == 0 ? first : second;
      pause(200, 800);
      frozen.signal("STOP");
      var tokens = tokens();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> allFinished() || !owns(frozen) || !tokens().equals(tokens));
      frozen.signal("CONT");
    }
    simulator.faults().clear();
    awaitTruth();
    compareWithUndisturbed(first);
    first.close();
    second.close();
  }

  /**
   * A kill costs two pages of every partition that was being read at the most: the one being stored
   * and the one read ahead. Two runs read four partitions each.
   */
  private void assertFewPagesReadAgain(int kills) {
    var pages =
        proxy.asked().stream()
            .filter(asked -> sources.stream().anyMatch(source -> source.readsPage(asked)))
            .map(Asked::text)
            .toList();
    int again = pages.size() - new HashSet<>(pages).size();
    assertThat(pages).isNotEmpty();
    assertThat(again).as("pages read again").isLessThanOrEqualTo(kills * 2 * 4 * 2);
  }

  /** Whether its name still stands on a lease, lapsed or not. */
  private boolean owns(EtlProcess node) {
    return count("select count(*) from run_lease where owner like '" + node.pid() + "@%'") > 0;
  }

  private List<String> tokens() {
    return texts("select run_id || ':' || token from run_lease order by run_id");
  }
}
