package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The commands of a page of the documentation, which a test runs as a reader would. */
record PageCommands(String text) {

  /** What a run of some commands came to. */
  record Result(int status, String output) {}

  static PageCommands of(String page) {
    try {
      return new PageCommands(Files.readString(Path.of("../docs/" + page)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The blocks of commands, each with the comment above it.
   *
   * @param comment its form; its groups and the commands are the groups of the matches
   */
  List<MatchResult> blocks(String comment) {
    return Pattern.compile("<!-- %s -->\n```sh\n(.*?)```".formatted(comment), Pattern.DOTALL)
        .matcher(text)
        .results()
        .toList();
  }

  /** How many blocks there are after the first, which sets the variables. */
  long count() {
    return text.lines().filter("```sh"::equals).count() - 1;
  }

  /** Runs commands after the first block of the page, with other values for its variables. */
  Result run(Map<String, String> variables, String commands) throws Exception {
    var script = new StringBuilder("set -eu\n").append(firstBlock()).append('\n');
    variables.forEach((name, value) -> script.append(name).append('=').append(value).append('\n'));
    var process = shell(script.append(commands).toString()).redirectErrorStream(true).start();
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

  private String firstBlock() {
    int begin = text.indexOf("```sh\n") + 6;
    return text.substring(begin, text.indexOf("```", begin));
  }
}
