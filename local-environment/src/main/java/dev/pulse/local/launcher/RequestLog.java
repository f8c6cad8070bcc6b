package dev.pulse.local.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the streams of etl-service asked their sources, as its log tells. */
final class RequestLog {

  /** With these, etl-service logs every request, without colours. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "LOGGING_LEVEL_DEV_PULSE_ETL_PLATFORM_HTTP",
          "DEBUG",
          "SPRING_OUTPUT_ANSI_ENABLED",
          "never");

  private static final Pattern REQUEST =
      Pattern.compile("\\.SourceHttp +: (?:GET|POST) (.+): \\d{3}, \\d+ bytes$");
  private static final Pattern CONNECTION = Pattern.compile("[\\[ ]connection=(\\d+)[],]");
  private static final Pattern STREAM = Pattern.compile("[\\[ ]stream=([^],]+)[],]");

  private final Path log;
  private long readUpTo;

  RequestLog(Path log) {
    this.log = log;
  }

  /**
   * Who asked for what.
   *
   * @param connection 0 = a request outside of any run, such as the check of a connection
   * @param stream empty likewise
   * @param operation in the words of the connector
   */
  record Asked(long connection, String stream, String operation) implements Comparable<Asked> {
    @Override
    public int compareTo(Asked other) {
      return toString().compareTo(other.toString());
    }
  }

  /** Requests since the last time this was asked; a line that is being written is left out. */
  Map<Asked, Long> next() {
    var counts = new TreeMap<Asked, Long>();
    newLines()
        .lines()
        .forEach(
            line -> {
              var request = REQUEST.matcher(line);
              if (request.find()) counts.merge(asked(line, request.group(1)), 1L, Long::sum);
            });
    return counts;
  }

  private static Asked asked(String line, String operation) {
    var connection = Long.parseLong(found(CONNECTION.matcher(line), "0"));
    return new Asked(connection, found(STREAM.matcher(line), ""), operation);
  }

  private String newLines() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(readUpTo);
      var bytes = new byte[(int) (file.length() - readUpTo)];
      file.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') end--;
      readUpTo += end;
      return new String(bytes, 0, end, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new LauncherProblem("Cannot read " + log, "Try again.", e);
    }
  }

  private static String found(Matcher matcher, String otherwise) {
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
