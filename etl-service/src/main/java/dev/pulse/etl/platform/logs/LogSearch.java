package dev.pulse.etl.platform.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/** Looks for lines in this node's log files, from their end. */
@Component
class LogSearch {

  /**
   * A search ends with the file in which so many characters were read: older ones can be loaded.
   */
  private static final long FAR_ENOUGH = 64L * 1024 * 1024;

  private final LogFiles files;

  LogSearch(LogFiles files) {
    this.files = files;
  }

  /**
   * Which lines are wanted.
   *
   * @param level this one and graver
   * @param text somewhere in the line, whatever the case; null = any
   * @param run id of a run; null = any, and those of no run
   */
  record Wanted(Level level, @Nullable String text, @Nullable Long run) {

    /** A look at the bare line first: most are not worth parsing. */
    private boolean maybe(String line) {
      return run == null || line.contains("\"" + run + "\"");
    }

    private boolean is(LogLine line) {
      if (run != null && !run.toString().equals(line.run())) return false;
      if (line.level() != null && line.level().toInt() < level.toInt()) return false;
      return text == null
          || contains(line.message())
          || contains(line.error())
          || contains(line.logger());
    }

    private boolean contains(@Nullable String part) {
      return part != null
          && text != null
          && part.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Lines in the order they were logged.
   *
   * @param complete whether nothing older would match: all files were looked through
   */
  record Recent(List<LogLine> items, boolean complete) {
    Recent {
      items = List.copyOf(items);
    }
  }

  /** The last lines that match. */
  Recent recent(Wanted wanted, int limit) {
    var found = new ArrayList<LogLine>();
    long read = 0;
    for (var file : files.all()) {
      if (found.size() == limit || read > FAR_ENOUGH) return new Recent(found, false);
      var last = new ArrayDeque<LogLine>();
      read += last(file, wanted, limit - found.size(), last);
      found.addAll(0, last);
    }
    return new Recent(found, found.size() < limit);
  }

  /** Returns how many characters it read. */
  private static long last(LogFiles.Found file, Wanted wanted, int limit, Deque<LogLine> matching) {
    long read = 0;
    try (var lines = file.open()) {
      for (var text = lines.readLine(); text != null; text = lines.readLine()) {
        read += text.length();
        if (!wanted.maybe(text)) continue;
        var line = LogLine.of(text);
        if (!wanted.is(line)) continue;
        if (matching.size() == limit) matching.removeFirst();
        matching.addLast(line);
      }
    } catch (NoSuchFileException e) {
      return read; // it was rolled over just now
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }
}
