package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span of time in which runs were created, and how far its list has been read. GitHub shows the
 * first thousand results of such a search: a window that holds more is narrowed until it holds
 * less. The newest window is read first, each ends in the second in which the one after it begins,
 * and the last begins at {@code low}.
 *
 * @param to null = now: a first look, to see how many runs there are
 * @param read so many results were read, or skipped
 * @param total how many results there are, as the last answer said; -1 = it was not asked yet
 */
record GitHubRunWindow(Instant low, Instant from, @Nullable Instant to, int read, long total) {

  /** How many results of a filtered search GitHub shows. */
  static final int MOST = 1_000;

  /** Before it there were no workflows. */
  private static final Instant BEGINNING = Instant.parse("2018-10-01T00:00:00Z");

  /** How many results a narrowed window is to hold. */
  private static final int WANTED = 500;

  /** The first look of a walk down to a moment; null = to the first run ever. */
  static GitHubRunWindow down(@Nullable Instant low) {
    var begin = low == null || low.isBefore(BEGINNING) ? BEGINNING : low;
    var second = begin.truncatedTo(ChronoUnit.SECONDS);
    return new GitHubRunWindow(second, second, null, 0, -1);
  }

  static GitHubRunWindow of(Position position) {
    try {
      var parts = position.value().split(" ");
      var low = Instant.parse(parts[0]);
      var from = Instant.parse(parts[1]);
      var to = Instant.parse(parts[2]);
      return new GitHubRunWindow(
          low, from, to, Integer.parseInt(parts[3]), Long.parseLong(parts[4]));
    } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new PositionExpired("a position that cannot be read: " + e.getMessage(), null);
    }
  }

  Position position() {
    return new Position("%s %s %s %d %d".formatted(low, from, to, read, total));
  }

  boolean firstLook() {
    return to == null;
  }

  /** The value of the parameter {@code created}. */
  String filter() {
    return URLEncoder.encode(to == null ? ">=" + from : from + ".." + to, StandardCharsets.UTF_8);
  }

  int page(int size) {
    return read / size + 1;
  }

  /** Whether GitHub keeps results of this window back, and it cannot be narrowed. */
  boolean hides(long total) {
    return to != null && seconds() <= 1 && total > MOST;
  }

  /**
   * What to ask for next; null = the walk has ended.
   *
   * <p>A list that grows or shrinks between two of its pages has moved, and a run may have slipped
   * from one into the other: the window is halved and read anew, until a page holds it.
   *
   * @param total as the answer says
   * @param shown how many results the answer holds
   * @param more whether the answer leads to a further page
   */
  @Nullable GitHubRunWindow next(long total, int shown, boolean more, int size, Instant servedAt) {
    if (to == null) {
      if (!more && total <= shown) return null;
      var whole = new GitHubRunWindow(low, low, end(servedAt), 0, -1);
      return total < MOST ? whole : whole.narrowed(total);
    }
    boolean moved = read > 0 && total != this.total;
    if (seconds() > 1 && (total >= MOST || moved)) return narrowed(total);
    int after = page(size) * size;
    if (shown > 0 && after < MOST && (more || after < total)) {
      return new GitHubRunWindow(low, from, to, after, total);
    }
    return from.isAfter(low) ? before(total) : null;
  }

  private Instant end(Instant servedAt) {
    var now = servedAt.truncatedTo(ChronoUnit.SECONDS);
    return now.isAfter(low) ? now : low.plusSeconds(1);
  }

  private GitHubRunWindow narrowed(long total) {
    long fitting = (long) (seconds() * (double) WANTED / Math.max(total, MOST));
    var end = require(to);
    return new GitHubRunWindow(low, end.minusSeconds(Math.max(1, fitting)), end, 0, -1);
  }

  /** The window before this one, wider if this one held little. */
  private GitHubRunWindow before(long total) {
    long wider = seconds() * (total < WANTED / 2 ? 4 : total < WANTED ? 2 : 1);
    long left = Duration.between(low, from).toSeconds();
    return new GitHubRunWindow(low, from.minusSeconds(Math.min(wider, left)), from, 0, -1);
  }

  private long seconds() {
    return Duration.between(from, require(to)).toSeconds();
  }

  private static Instant require(@Nullable Instant end) {
    if (end == null) throw new IllegalStateException("a first look has no end");
    return end;
  }
}
