package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedLogTest {

  @TempDir Path folder;

  @Test
  void whole_lines_are_told_once_as_they_come() throws IOException {
    var file = folder.resolve("service.log");
    Files.writeString(file, "before\n");
    var log = new FollowedLog(file);

    assertThat(log.added()).isEmpty();
    append(file, "one\ntwo\nthr");
    assertThat(log.added()).containsExactly("one", "two");
    append(file, "ee\n");
    assertThat(log.added()).containsExactly("three");
    assertThat(log.added()).isEmpty();
  }

  @Test
  void a_service_that_was_started_again_is_followed_from_its_beginning() throws IOException {
    var file = folder.resolve("service.log");
    Files.writeString(file, "a long line of the process before\n");
    var log = new FollowedLog(file);

    Files.move(file, folder.resolve("service.log.1"));
    assertThat(log.added()).isEmpty();
    Files.writeString(file, "started\n");

    assertThat(log.added()).containsExactly("started");
  }

  @Test
  void colours_are_taken_out_for_programs() {
    assertThat(Colours.shownOn(null)).isEqualTo(Colours.TAKEN_OUT);
    assertThat(Colours.TAKEN_OUT.of("\u001b[2m2026\u001b[0;39m \u001b[32m INFO\u001b[0;39m"))
        .isEqualTo("2026  INFO");
    assertThat(Colours.SHOWN.of("\u001b[2m2026")).isEqualTo("\u001b[2m2026");
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
