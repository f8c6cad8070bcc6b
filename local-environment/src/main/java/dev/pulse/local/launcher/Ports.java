package dev.pulse.local.launcher;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one checkout.
 *
 * @param offset added to every port, so that two checkouts run side by side
 */
record Ports(int offset) {

  static final String OFFSET_VARIABLE = "PULSE_PORT_OFFSET";

  private static final int HIGHEST_STANDARD_PORT = 15_432;

  Ports {
    if (offset < 0 || offset + HIGHEST_STANDARD_PORT > 65_535) throw badOffset("" + offset, null);
  }

  /**
   * @throws LauncherProblem if the variable is set to what is no offset
   */
  static Ports from(Map<String, String> environment) {
    var offset = environment.getOrDefault(OFFSET_VARIABLE, "").strip();
    if (offset.isEmpty()) return new Ports(0);
    try {
      return new Ports(Integer.parseInt(offset));
    } catch (NumberFormatException e) {
      throw badOffset(offset, e);
    }
  }

  /** For a benchmark beside whatever runs. */
  Ports forBenchmark() {
    return new Ports(offset + 50);
  }

  int frontend() {
    return 3_000 + offset;
  }

  int gateway() {
    return 5_000 + offset;
  }

  int etl() {
    return 8_000 + offset;
  }

  int etlManagement() {
    return 8_001 + offset;
  }

  /** Of a second node of etl-service, as benchmarks start one. */
  int secondEtl() {
    return 8_002 + offset;
  }

  int secondEtlManagement() {
    return 8_003 + offset;
  }

  /** Of a Redis, as a benchmark starts one. */
  int redis() {
    return 6_379 + offset;
  }

  int simulator() {
    return 9_000 + offset;
  }

  int postgres() {
    return HIGHEST_STANDARD_PORT + offset;
  }

  private static LauncherProblem badOffset(String value, @Nullable Throwable cause) {
    var problem = "%s is '%s'.".formatted(OFFSET_VARIABLE, value);
    var remedy = "Set it to a whole number from 0 to %d.".formatted(65_535 - HIGHEST_STANDARD_PORT);
    return cause == null
        ? new LauncherProblem(problem, remedy)
        : new LauncherProblem(problem, remedy, cause);
  }
}
