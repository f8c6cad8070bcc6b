package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.local.launcher.Command.Api;
import dev.pulse.local.launcher.Command.Bench;
import dev.pulse.local.launcher.Command.Demo;
import dev.pulse.local.launcher.Command.Down;
import dev.pulse.local.launcher.Command.Logs;
import dev.pulse.local.launcher.Command.Reset;
import dev.pulse.local.launcher.Command.ResetAdministrator;
import dev.pulse.local.launcher.Command.Status;
import dev.pulse.local.launcher.Command.Up;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  static Stream<Arguments> commands() {
    var jobs = "/api/etl/jobs/status";
    return Stream.of(
        Arguments.of("demo", new Demo(2_000)),
        Arguments.of("demo --scale 500", new Demo(500)),
        Arguments.of("demo --scale=1_000_000", new Demo(1_000_000)),
        Arguments.of("up", new Up()),
        Arguments.of("down", new Down()),
        Arguments.of("status", new Status(false)),
        Arguments.of("status --json", new Status(true)),
        Arguments.of("api " + jobs, new Api("GET", jobs, Optional.empty())),
        Arguments.of("api DELETE /api/etl/connections/7", delete()),
        Arguments.of("api /api/etl/jobs/7/start {}", start()),
        Arguments.of("api POST /api/etl/jobs/7/start {}", start()),
        Arguments.of("reset", new Reset(false)),
        Arguments.of("reset --yes", new Reset(true)),
        Arguments.of("reset-admin", new ResetAdministrator()),
        Arguments.of("bench", new Bench("engine", 2_000, Optional.empty())),
        Arguments.of(
            "bench --items 10 control --json out.json",
            new Bench("control", 10, Optional.of(Path.of("out.json")))),
        Arguments.of("bench gateway --items 200", new Bench("gateway", 200, Optional.empty())),
        Arguments.of("logs", new Logs(Optional.empty(), false)),
        Arguments.of("logs etl-service", new Logs(Optional.of("etl-service"), false)),
        Arguments.of("logs etl-service --follow", new Logs(Optional.of("etl-service"), true)));
  }

  private static Api delete() {
    return new Api("DELETE", "/api/etl/connections/7", Optional.empty());
  }

  private static Api start() {
    return new Api("POST", "/api/etl/jobs/7/start", Optional.of("{}"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void words_become_a_command(String words, Command command) {
    assertThat(CommandLine.parse(words.split(" ", -1))).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dmeo",
        "demo --scale",
        "demo --scale many",
        "demo --scale 0",
        "demo --scale 1000001",
        "demo extra",
        "up --json",
        "status --yaml",
        "api",
        "api FETCH /api/etl/jobs",
        "api GET",
        "api GET jobs",
        "api GET /a {} more",
        "logs one two"
      })
  void words_that_mean_nothing_are_refused_with_a_remedy(String words) {
    assertThatThrownBy(() -> CommandLine.parse(words.split(" ", -1)))
        .isInstanceOfSatisfying(
            LauncherProblem.class, problem -> assertThat(problem.remedy()).isNotBlank());
  }
}
