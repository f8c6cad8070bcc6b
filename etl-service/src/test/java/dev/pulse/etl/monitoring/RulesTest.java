package dev.pulse.etl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The alert rules, by Prometheus' own tool, which comes with Prometheus. */
class RulesTest {

  private static final Path FOLDER = Path.of("../docs/monitoring");

  @Test
  void the_rules_can_be_read() throws Exception {
    assertThat(promtool("check", "rules", "alerts.rules.yaml")).contains("SUCCESS");
  }

  @Test
  void the_rules_fire_when_they_should_and_only_then() throws Exception {
    assertThat(promtool("test", "rules", "alerts.test.yaml")).contains("SUCCESS");
  }

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    if (!there) abort("skipped: promtool is not on the PATH");
    var command = new ProcessBuilder("promtool");
    command.command().addAll(Arrays.asList(arguments));
    var process = command.directory(FOLDER.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
