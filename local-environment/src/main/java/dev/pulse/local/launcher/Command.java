package dev.pulse.local.launcher;

import java.nio.file.Path;
import java.util.Optional;

/** What a person may ask of {@code scripts/pulse}. */
public sealed interface Command {

  /**
   * Everything with simulated sources.
   *
   * @param scale issues and pull requests together
   */
  record Demo(long scale) implements Command {

    public static final long STANDARD_SCALE = 2_000;
    public static final long LARGEST_SCALE = 1_000_000;

    public Demo {
      if (scale < 10 || scale > LARGEST_SCALE) {
        throw new LauncherProblem(
            "--scale %d is outside 10 to %d.".formatted(scale, LARGEST_SCALE),
            "Choose a number of issues and pull requests between them.");
      }
    }
  }

  /** Everything without simulated sources. */
  record Up() implements Command {}

  /** Ends what this checkout started. */
  record Down() implements Command {}

  /** Tells how everything is; as JSON for programs. */
  record Status(boolean json) implements Command {}

  /**
   * One request.
   *
   * @param path as on the gateway
   * @param body JSON
   */
  record Api(String method, String path, Optional<String> body) implements Command {}

  /**
   * Ends everything and forgets everything.
   *
   * @param confirmed no question is asked
   */
  record Reset(boolean confirmed) implements Command {}

  /** Gives the administrator another password. */
  record ResetAdministrator() implements Command {}

  /**
   * Measures.
   *
   * @param benchmark its name
   * @param items issues and pull requests together; of the gateway, reads in a round
   * @param json where the figures go besides the screen
   */
  record Bench(String benchmark, long items, Optional<Path> json) implements Command {}

  /**
   * The end of a service's log; of all logs if none is named.
   *
   * @param follow goes on with what is added, until it is interrupted
   */
  record Logs(Optional<String> service, boolean follow) implements Command {}
}
