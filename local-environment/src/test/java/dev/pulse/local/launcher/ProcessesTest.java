package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

  @TempDir private Path folder = Path.of("");

  private Processes processes() {
    return new Processes(new Checkout(folder));
  }

  @AfterEach
  void end_what_was_started() {
    processes().all().forEach(processes()::end);
  }

  @Test
  void a_process_is_remembered_and_ended() throws IOException {
    processes().start(program("worker", "exec sleep 600"));

    var started = processes().find("worker").orElseThrow();
    assertThat(started.isAlive()).isTrue();

    assertThat(processes().end(started)).isTrue();
    assertThat(started.isAlive()).isFalse();
    assertThat(processes().all()).isEmpty();
    assertThat(ProcessHandle.of(started.pid())).isNotPresent();
  }

  @Test
  void a_process_that_runs_already_in_the_same_way_is_left_alone() throws IOException {
    var program = program("worker", "exec sleep 600");
    processes().start(program);
    var first = processes().find("worker").orElseThrow();

    processes().start(program);

    assertThat(processes().find("worker")).contains(first);
  }

  @Test
  void another_build_is_started_in_the_place_of_the_old_one() throws IOException {
    processes().start(program("worker", "exec sleep 600"));
    var first = processes().find("worker").orElseThrow();

    processes().start(program("worker", "exec sleep 601"));

    var second = processes().find("worker").orElseThrow();
    assertThat(first.isAlive()).isFalse();
    assertThat(second.isAlive()).isTrue();
  }

  @Test
  void a_pid_that_was_given_to_another_process_is_never_touched() throws IOException {
    processes().start(program("bystander", "exec sleep 600"));
    var bystander = processes().find("bystander").orElseThrow();
    var remembered =
        new StartedProcess(
            "worker", bystander.pid(), bystander.startedAt().minusSeconds(3_600), "old");

    assertThat(remembered.isAlive()).isFalse();
    assertThat(remembered.end(Duration.ofSeconds(1))).isFalse();

    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void a_process_that_ignores_the_request_is_ended_by_force() throws IOException {
    var deaf = program("deaf", "trap '' TERM; echo deaf; while :; do sleep 1; done");
    processes().start(deaf);
    processes().await(answering(deaf, () -> logOf("deaf").contains("deaf")));
    var started = processes().find("deaf").orElseThrow();

    assertThat(started.end(Duration.ofMillis(300))).isTrue();

    assertThat(started.isAlive()).isFalse();
  }

  @Test
  void a_program_that_ends_instead_of_answering_shows_its_log() throws IOException {
    var broken = program("broken", "echo 'the disk is full' >&2; exit 3");
    processes().start(broken);

    assertThatThrownBy(() -> processes().await(broken))
        .isInstanceOf(LauncherProblem.class)
        .hasMessageContaining("broken ended instead of answering")
        .hasMessageContaining("the disk is full");
  }

  @Test
  void a_taken_port_keeps_the_program_from_starting() throws IOException {
    try (var holder = new ServerSocket(0)) {
      var program =
          new Program("worker", holder.getLocalPort(), List.of("true"), Map.of(), "", () -> false);

      assertThatThrownBy(() -> processes().start(program))
          .hasMessageContaining("Port " + holder.getLocalPort());
      assertThat(processes().all()).isEmpty();
    }
  }

  @Test
  void the_log_of_the_time_before_is_kept() throws IOException {
    var once = program("worker", "echo first; exec sleep 600");
    processes().start(once);
    processes().await(answering(once, () -> logOf("worker").contains("first")));

    processes().start(program("worker", "echo second; exec sleep 600"));

    assertThat(folder.resolve(".pulse/logs/worker.log.1")).hasContent("first");
  }

  private String logOf(String name) {
    try {
      return Files.readString(folder.resolve(".pulse/logs/%s.log".formatted(name)));
    } catch (IOException e) {
      return "";
    }
  }

  private static Program answering(Program program, Program.Answers answers) {
    return new Program(program.name(), program.port(), program.command(), Map.of(), "", answers);
  }

  private static Program program(String name, String script) throws IOException {
    try (var free = new ServerSocket(0)) {
      return new Program(
          name, free.getLocalPort(), List.of("sh", "-c", script), Map.of(), script, () -> false);
    }
  }
}
