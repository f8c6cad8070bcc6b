package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.model.JobState;
import dev.pulse.model.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What docs/etl/job-orchestration.md says is so: its commands are run, and its tables compared. The
 * commands of the pages about checkpoints and recovery are run too.
 */
class JobOrchestrationPageTest extends TwoNodesTest {

  private static final String PAGE = read(Path.of("../docs/etl/job-orchestration.md"));
  private static final List<String> PAGES =
      List.of(
          PAGE,
          read(Path.of("../docs/etl/recovery-strategy.md")),
          read(Path.of("../docs/etl/checkpoint-system.md")));
  private static final Pattern COMMANDS =
      Pattern.compile("<!-- given (\\w+), then (\\w+) -->\n```sh\n(.*?)```", Pattern.DOTALL);

  static Stream<Arguments> commands() {
    return PAGES.stream()
        .flatMap(page -> COMMANDS.matcher(page).results())
        .map(found -> Arguments.of(found.group(1), found.group(2), found.group(3)));
  }

  @ParameterizedTest(name = "given {0}, then {1}: {2}")
  @MethodSource("commands")
  void the_commands_do_what_the_page_says(String given, String then, String commands)
      throws Exception {
    long job = given(given);

    var result = run(job, commands);

    assertThat(result.status()).as(result.output()).isZero();
    if (!then.equals("ANY")) {
      await().untilAsserted(() -> assertThat(state(job)).as(result.output()).isEqualTo(then));
    }
    assertThat(commands.lines().filter(line -> line.startsWith("ask ")).count())
        .as("each command has answered")
        .isEqualTo(
            result
                .output()
                .lines()
                .filter(line -> line.startsWith("{") || line.startsWith("["))
                .count());
  }

  @Test
  void no_command_of_the_pages_is_left_out() {
    long blocks = PAGES.stream().flatMap(String::lines).filter("```sh"::equals).count();

    assertThat(commands().count()).isEqualTo(blocks - 1).isGreaterThan(10);
  }

  @Test
  void the_tables_of_the_page_are_those_of_the_code() {
    for (var from : JobState.values()) {
      assertThat(row(from, JobState.values().length))
          .isEqualTo(Arrays.stream(JobState.values()).map(from::canBecome).toList());
    }
    for (var from : RunState.values()) {
      assertThat(row(from, RunState.values().length))
          .isEqualTo(Arrays.stream(RunState.values()).map(from::canBecome).toList());
    }
  }

  /** The row of a state in the table that has so many columns of states. */
  private static List<Boolean> row(Enum<?> state, int columns) {
    return PAGE.lines()
        .filter(line -> line.startsWith("| " + state.name() + " |"))
        .map(line -> Arrays.asList(line.split("\\|", -1)))
        .filter(cells -> cells.size() == columns + 3)
        .map(
            cells ->
                cells.subList(2, columns + 2).stream().map(each -> each.contains("x")).toList())
        .findFirst()
        .orElseThrow();
  }

  private long given(String state) {
    if (state.equals("RUNNING")) return running(1);
    long job = connect(1);
    box(job).hold();
    switch (state) {
      case "IDLE", "ANY" -> {}
      case "PAUSED" -> accepted(a.post("jobs/" + job + "/pause"));
      case "MAINTENANCE" -> {
        accepted(a.post("orchestrator/pause"));
        accepted(a.post("jobs/" + job + "/start"));
      }
      default -> throw new IllegalArgumentException(state);
    }
    return job;
  }

  private record Result(int status, String output) {}

  private Result run(long job, String commands) throws Exception {
    var script =
        """
        set -eu
        %s
        PULSE=%s
        JOB=%d
        %s\
        """
            .formatted(firstBlock(), b.url().replaceFirst("/$", ""), job, commands);
    var process = shell(script).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), output);
  }

  private static ProcessBuilder shell(String script) throws Exception {
    try {
      new ProcessBuilder("curl", "--version").start().waitFor();
    } catch (IOException e) {
      Assumptions.abort("there is no curl on this machine");
    }
    return new ProcessBuilder("sh", "-c", script);
  }

  private static String firstBlock() {
    int begin = PAGE.indexOf("```sh\n") + 6;
    return PAGE.substring(begin, PAGE.indexOf("```", begin));
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
