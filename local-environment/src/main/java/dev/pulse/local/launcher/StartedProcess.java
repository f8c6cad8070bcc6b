package dev.pulse.local.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that this checkout started.
 *
 * @param startedAt by the operating system's reckoning; with the pid it names one process for good,
 *     for a pid alone is given to somebody else sooner or later
 * @param fingerprint what it was started from: the same one means that it need not be started again
 */
record StartedProcess(String name, long pid, Instant startedAt, String fingerprint) {

  /** The operating system derives the instant from its clock at each question: it may shift. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static StartedProcess of(String name, ProcessHandle process, String fingerprint) {
    var startedAt = process.info().startInstant().orElseGet(Instant::now);
    return new StartedProcess(name, process.pid(), startedAt, fingerprint);
  }

  boolean isAlive() {
    return handle().isPresent();
  }

  /** The process itself; empty if it has ended, also when its pid lives on as somebody else. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
  }

  /**
   * Asks the process to end, and ends it by force if it has not within the time.
   *
   * @return false if there was nothing to end
   */
  boolean end(Duration patience) {
    var found = handle();
    if (found.isEmpty()) return false;
    var process = found.get();
    process.destroy();
    if (!ended(process, patience)) {
      handle().ifPresent(ProcessHandle::destroyForcibly);
      ended(process, Duration.ofSeconds(10));
    }
    return true;
  }

  private boolean isTheSame(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .filter(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
        .isPresent();
  }

  private static boolean ended(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
