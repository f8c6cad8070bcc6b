package dev.pulse.etl.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.SourceProxy.Asked;
import java.time.Duration;
import java.util.Collections;
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

  /**
   * A node is stopped in mid-run until another has taken its runs over, and then wakes up. Only
   * rounds in which that happened count.
   */
  private void freezeAndCompare(int handOvers) {
    slow(80);
    var nodes = List.of(start(), start());
    connect(nodes.getFirst());
    int handedOver = 0;
    for (int round = 0; handedOver < handOvers; round++) {
      assertThat(round).as("rounds").isLessThan(20 * handOvers);
      if (allFinished()) restartFromScratch(nodes.getFirst());
      var frozen = nodes.get(round % 2);
      pause(200, 800);
      frozen.signal("STOP");
      var tokens = tokensOf(frozen);
      await().atMost(Duration.ofSeconds(30)).until(() -> Collections.disjoint(tokens(), tokens));
      frozen.signal("CONT");
      if (!tokens.isEmpty()) handedOver++;
    }
    simulator.faults().clear();
    awaitTruth();
    compareWithUndisturbed(nodes.getFirst());
    nodes.forEach(EtlProcess::close);
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

  /** What its leases are known by, lapsed or not. */
  private List<String> tokensOf(EtlProcess node) {
    return texts(
        "select run_id || ':' || token from run_lease where owner like '" + node.pid() + "@%'");
  }

  private List<String> tokens() {
    return texts("select run_id || ':' || token from run_lease");
  }
}
