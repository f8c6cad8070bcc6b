package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.model.JobState;
import dev.pulse.model.RunState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What docs/etl/job-orchestration.md says is so: its commands are run, and its tables compared. The
 * commands of the pages about checkpoints and recovery are run too.
 */
class JobOrchestrationPageTest extends TwoNodesTest {

  private static final PageCommands PAGE = PageCommands.of("etl/job-orchestration.md");
  private static final List<PageCommands> PAGES =
      List.of(
          PAGE,
          PageCommands.of("etl/recovery-strategy.md"),
          PageCommands.of("etl/checkpoint-system.md"));

  static Stream<Arguments> commands() {
    return PAGES.stream()
        .flatMap(page -> page.blocks("given (\\w+), then (\\w+)").stream())
        .map(found -> Arguments.of(found.group(1), found.group(2), found.group(3)));
  }

  @ParameterizedTest(name = "given {0}, then {1}: {2}")
  @MethodSource("commands")
  void the_commands_do_what_the_page_says(String given, String then, String commands)
      throws Exception {
    long job = given(given);

    var result =
        PAGE.run(
            Map.of("PULSE", b.url().replaceFirst("/$", ""), "JOB", Long.toString(job)), commands);

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
    // the first page alone has a block that sets the variables
    long blocks = PAGES.stream().mapToLong(PageCommands::count).sum() + PAGES.size() - 1;

    assertThat(commands().count()).isEqualTo(blocks).isGreaterThan(10);
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
    return PAGE.text()
        .lines()
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
}
