package dev.pulse.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of lessons names tests that exist: a lesson without its test would be forgotten. */
class LessonsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/architecture/lessons.md");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void every_lesson_names_a_test() throws IOException {
    var lessons =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| what goes wrong"))
            .toList();

    assertThat(lessons).hasSizeGreaterThan(40);
    assertThat(lessons).allSatisfy(lesson -> assertThat(lesson).containsPattern(TEST));
  }

  @Test
  void every_test_that_is_named_exists() throws IOException {
    var named = TEST.matcher(Files.readString(PAGE)).results().toList();

    assertThat(named).allSatisfy(test -> assertThat(exists(test)).as(test.group()).isTrue());
  }

  @Test
  void a_method_that_nobody_runs_is_no_test() {
    assertThat("  @Test\n  void is_run() {").containsPattern(run("is_run"));
    assertThat("  @ParameterizedTest\n  @CsvSource({\"a, 1\"})\n  void is_run(")
        .containsPattern(run("is_run"));
    assertThat("  @Test\n  void another() {}\n\n  void is_run() {")
        .doesNotContainPattern(run("is_run"));
  }

  private static boolean exists(MatchResult test) throws IOException {
    for (var file : sources(test.group(1))) {
      if (run(test.group(2)).matcher(Files.readString(file)).find()) return true;
    }
    return false;
  }

  /** The method, with nothing but annotations between it and the one that makes it a test. */
  private static Pattern run(String method) {
    return Pattern.compile(
        "@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\\b((?!\\bvoid\\b).)*+\\bvoid "
            + method
            + "\\(",
        Pattern.DOTALL);
  }

  private static List<Path> sources(String name) throws IOException {
    try (Stream<Path> files = Files.find(ROOT, 12, (path, of) -> isTest(path, name))) {
      return files.toList();
    }
  }

  private static boolean isTest(Path path, String name) {
    return path.endsWith(name + ".java") && path.toString().contains("src/test/java");
  }
}
