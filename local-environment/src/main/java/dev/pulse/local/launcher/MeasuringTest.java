package dev.pulse.local.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A test of the data engine that measures: it has the engine's classes and the database's driver,
 * and prints its figures as {@code name=number}, each on a line of its own.
 *
 * @param name of its class
 */
record MeasuringTest(String name) {

  private static final Pattern FIGURE =
      Pattern.compile("(?m)^([a-z][a-z_]+)=(-?[0-9]+(?:\\.[0-9]+)?)$");

  static MeasuringTest of(String name) {
    return new MeasuringTest(name);
  }

  /**
   * One of its figures.
   *
   * @throws LauncherProblem if it cannot be measured
   */
  double figure(Checkout checkout, String figure) {
    var all = figures(checkout);
    return Optional.ofNullable(all.get(figure))
        .orElseThrow(() -> notMeasured("It told no %s but %s".formatted(figure, all)));
  }

  /**
   * All that it measures, the last of each name.
   *
   * @throws LauncherProblem if it cannot be measured
   */
  Map<String, Double> figures(Checkout checkout) {
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
                "-Dtest=" + name,
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "test")
            .directory(checkout.root().toFile())
            .redirectErrorStream(true);
    try {
      var process = command.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) throw notMeasured(output);
      return figures(output);
    } catch (IOException e) {
      throw new LauncherProblem("Maven could not be run: " + e.getMessage(), "Run: ./mvnw -v", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
  }

  static Map<String, Double> figures(String output) {
    var figures = new LinkedHashMap<String, Double>();
    var matcher = FIGURE.matcher(output);
    while (matcher.find()) figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
    return figures;
  }

  private LauncherProblem notMeasured(String output) {
    return new LauncherProblem(
        "%s could not measure:%n%s".formatted(name, output), "Run: ./mvnw verify");
  }
}
