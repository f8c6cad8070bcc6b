package dev.pulse.local.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads the end of a log, however long the log is. */
final class LogFile {

  private static final int BYTES_READ = 64 * 1024;

  private LogFile() {}

  static String end(Path log, int lines) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var from = Math.max(0, file.length() - BYTES_READ);
      file.seek(from);
      var bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.stream()
          .skip(Math.max(0, all.size() - lines))
          .map(line -> "  " + line)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "  (%s cannot be read: %s)".formatted(log, e.getMessage());
    }
  }
}
