package dev.pulse.local.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * How fast pages are stored, against PostgreSQL's own bulk load. Measured by the engine's own test
 * code, which has its classes and the driver's.
 */
final class LoadToCopy {

  private static final Pattern RATIO = Pattern.compile("load_to_copy_ratio=([0-9.]+)");

  private LoadToCopy() {}

  /**
   * The ratio: 1 = as fast as the bulk load.
   *
   * @throws LauncherProblem if it cannot be measured
   */
  static double measure(Checkout checkout) {
    var command =
        new ProcessBuilder(
                checkout.root().resolve("mvnw").toString(),
                "-q",
                "-B",
                "-Dfast",
                "-pl",
                "etl-service",
                "-am",
                "-Dexcluded.tags=",
                "-Dgroups=bench",
                "-Dtest=LoadToCopyTest",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "test")
            .directory(checkout.root().toFile())
            .redirectErrorStream(true);
    try {
      var process = command.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var matcher = RATIO.matcher(output);
      if (process.waitFor() == 0 && matcher.find()) return Double.parseDouble(matcher.group(1));
      throw new LauncherProblem("The load could not be measured:\n" + output, "Run: ./mvnw verify");
    } catch (IOException e) {
      throw new LauncherProblem("Maven could not be run: " + e.getMessage(), "Run: ./mvnw -v", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
  }
}
