package dev.pulse.local.launcher;

import dev.pulse.local.launcher.Command.Bench;
import tools.jackson.databind.JsonNode;

/**
 * A measurement that {@code scripts/pulse bench} offers. It runs on processes and a database of its
 * own, beside the checkout's, and leaves nothing behind.
 */
interface Benchmark {

  /** The word after {@code bench}. */
  String name();

  /**
   * Measures.
   *
   * @return the figures, units in their names
   * @throws LauncherProblem if it cannot
   */
  JsonNode run(Checkout checkout, Bench wish);
}
