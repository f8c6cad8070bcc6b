package dev.pulse.local.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A log that is written to, read as it grows; from its end, or anew if another has taken its place.
 */
final class FollowedLog {

  private static final int AT_ONCE = 1 << 20;

  private final Path log;
  private long readUpTo;

  FollowedLog(Path log) {
    this.log = log;
    this.readUpTo = length();
  }

  /** Whole lines that came since it was last asked; one that is being written is left for later. */
  List<String> added() {
    if (length() < readUpTo) readUpTo = 0;
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(readUpTo);
      var bytes = new byte[(int) Math.min(file.length() - readUpTo, AT_ONCE)];
      file.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') end--;
      if (end == 0 && bytes.length == AT_ONCE) end = AT_ONCE; // a line longer than that
      readUpTo += end;
      return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of(); // its service is being started again
    }
  }

  private long length() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      return 0;
    }
  }
}
