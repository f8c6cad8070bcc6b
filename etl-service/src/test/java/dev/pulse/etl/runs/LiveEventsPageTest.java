package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.platform.live.LiveSettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/etl/live-events.md says is so: its commands are run, and its figures compared. */
class LiveEventsPageTest extends TwoNodesTest {

  private static final PageCommands PAGE = PageCommands.of("etl/live-events.md");

  static Stream<Arguments> commands() {
    return PAGE.blocks("then (\\w+)").stream()
        .map(found -> Arguments.of(found.group(1), found.group(2)));
  }

  @ParameterizedTest(name = "then {0}: {1}")
  @MethodSource("commands")
  void the_commands_answer_what_the_page_says(String then, String commands) throws Exception {
    long job = running(15);

    var result =
        PAGE.run(
            Map.of(
                "PULSE",
                b.url().replaceFirst("/$", ""),
                "JOB",
                Long.toString(job),
                "RUN",
                Long.toString(runOf(job))),
            commands);

    assertThat(result.status()).as(result.output()).isZero();
    boolean event = commands.contains("listen ");
    assertThat(result.output()).contains(event ? "event: " + then : "\"" + then + "\":");
  }

  @Test
  void no_command_of_the_page_is_left_out() {
    assertThat(PAGE.blocks("then (\\w+)")).hasSize((int) PAGE.count()).hasSizeGreaterThan(4);
  }

  @Test
  void the_settings_of_the_page_are_those_of_the_code() {
    var settings = a.bean(LiveSettings.class);

    assertThat(settings)
        .isEqualTo(new LiveSettings(Duration.ofMillis(500), Duration.ofSeconds(15), 256, 2_000));
    assertThat(PAGE.text())
        .contains("| `pulse.events.tick` | 500ms |")
        .contains("| `pulse.events.heartbeat` | 15s |")
        .contains("| `pulse.events.backlog` | 256 |")
        .contains("| `pulse.events.subscribers` | 2000 |");
  }
}
