package dev.pulse.etl.platform.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.etl.platform.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.logging.LogFile;
import org.springframework.stereotype.Component;

/**
 * The files that this node logs to: the one it writes to ({@code logging.file.name}), and those it
 * was rolled over to, which carry its name, a day and a number. Nothing else in their folder is
 * known here.
 */
@Component
class LogFiles {

  private final @Nullable Path current;

  LogFiles(ObjectProvider<LogFile> file) {
    var configured = file.getIfAvailable();
    this.current = configured == null ? null : Path.of(configured.toString()).toAbsolutePath();
  }

  /**
   * One of them.
   *
   * @param from when its first line was logged; null if it is empty or cannot be read
   * @param to when its last line was logged
   * @param current whether it is the one that is written to
   */
  record LogFileView(
      String name, long bytes, @Nullable Instant from, Instant to, boolean current) {}

  /** A file as it was a moment ago: the current one grows meanwhile. */
  record Found(Path path, long bytes, Instant changed, boolean current) {

    String name() {
      return path.getFileName().toString();
    }

    /** Its lines, unpacked if need be. */
    BufferedReader open() throws IOException {
      var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
      try {
        var text = name().endsWith(".gz") ? new GZIPInputStream(in) : in;
        return new BufferedReader(new InputStreamReader(text, UTF_8));
      } catch (IOException e) {
        in.close();
        throw e;
      }
    }
  }

  /**
   * All of them, the newest first.
   *
   * @throws Problem if this node logs to no file
   */
  List<Found> all() {
    var file = requireCurrent();
    var rolled =
        Pattern.compile(
            Pattern.quote(file.getFileName().toString())
                + "\\.\\d{4}-\\d{2}-\\d{2}\\.\\d+(\\.gz)?");
    try (var folder = Files.list(file.getParent())) {
      return folder
          .filter(
              each -> each.equals(file) || rolled.matcher(each.getFileName().toString()).matches())
          .flatMap(each -> found(each, each.equals(file)))
          .sorted(
              Comparator.comparing(Found::current)
                  .thenComparing(Found::changed)
                  .thenComparing(Found::name)
                  .reversed())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // nothing was logged yet
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<LogFileView> views() {
    return all().stream()
        .map(
            each ->
                new LogFileView(
                    each.name(),
                    each.bytes(),
                    firstLine(each).orElse(null),
                    each.changed(),
                    each.current()))
        .toList();
  }

  /**
   * The file of that name. Only names that {@link #all()} lists lead to a file.
   *
   * @throws Problem if there is none
   */
  Found require(String name) {
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("log file", name));
  }

  private Path requireCurrent() {
    if (current == null) {
      throw Problem.conflict(
          "NO_LOG_FILE",
          "This node keeps no log files",
          "This node logs to its console alone.",
          "Set logging.file.name, and start it again.");
    }
    return current;
  }

  private static Stream<Found> found(Path path, boolean current) {
    try {
      var file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return file.isRegularFile()
          ? Stream.of(new Found(path, file.size(), file.lastModifiedTime().toInstant(), current))
          : Stream.empty();
    } catch (IOException e) {
      return Stream.empty(); // it was rolled over or cleaned up just now
    }
  }

  private static Optional<Instant> firstLine(Found file) {
    try (var lines = file.open()) {
      var first = lines.readLine();
      return first == null ? Optional.empty() : Optional.ofNullable(LogLine.of(first).at());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
