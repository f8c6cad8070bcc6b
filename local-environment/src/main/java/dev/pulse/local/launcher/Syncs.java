package dev.pulse.local.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The runs that a benchmark has started. */
final class Syncs {

  private Syncs() {}

  /**
   * Waits for the latest run of every job.
   *
   * @return seconds from the first start to the last end
   * @throws LauncherProblem if one fails
   */
  static double await(LocalStack stack) {
    return await(stack, () -> {});
  }

  /**
   * The same.
   *
   * @param meanwhile is done again and again
   */
  static double await(LocalStack stack, Runnable meanwhile) {
    while (!stack.api().jobs().orElseThrow().stream()
        .allMatch(job -> job.path("state").asString().equals("FINISHED"))) {
      for (var job : stack.api().jobs().orElseThrow()) {
        if (job.path("state").asString().equals("FAILED")) {
          throw new LauncherProblem(
              "A sync failed: " + job.path("error"), "See the log of etl-service.");
        }
      }
      meanwhile.run();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return seconds(stack);
  }

  /** How many rows all jobs together hold. */
  static long rows(LocalStack stack) {
    long rows = 0;
    for (var job : stack.api().jobs().orElseThrow()) rows += job.path("rows").asLong();
    return rows;
  }

  private static double seconds(LocalStack stack) {
    Instant from = Instant.MAX;
    Instant to = Instant.MIN;
    for (var job : stack.api().jobs().orElseThrow()) {
      var path = "/api/etl/runs/" + job.path("runId").asLong();
      var run = stack.api().require("GET", path, Optional.empty());
      var started = Instant.parse(run.path("startedAt").asString());
      var ended = Instant.parse(run.path("endedAt").asString());
      if (started.isBefore(from)) from = started;
      if (ended.isAfter(to)) to = ended;
    }
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
