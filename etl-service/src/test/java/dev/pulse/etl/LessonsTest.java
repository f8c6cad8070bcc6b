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

  private static boolean exists(MatchResult test) throws IOException {
    for (var file : sources(test.group(1))) {
      if (Files.readString(file).contains("void " + test.group(2) + "(")) return true;
    }
    return false;
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
