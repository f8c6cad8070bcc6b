package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Course;
import dev.pulse.etl.connectors.Course.Way;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of a stream has been read.
 *
 * @param watermark all changes before it have been read; null = no walk has ended yet
 * @param mark what the probe said before the last walk that ended
 * @param completedAt the source's time when that walk began
 * @param walk the walk that is open; null = none
 * @param version moves with every stored page
 * @param tally of the walk that is open, or else of the last that ended
 */
public record Checkpoint(
    Key key,
    @Nullable Instant watermark,
    @Nullable String mark,
    @Nullable Instant completedAt,
    @Nullable Walk walk,
    long version,
    Tally tally) {

  /** Which checkpoint it is. */
  public record Key(long connectionId, String stream, Partition partition) {}

  /**
   * A walk that has begun and not ended. It outlives runs.
   *
   * @param startedAt the source's time of its first answer
   * @param floor changes at or after it are read; null = all
   * @param position where the last stored page ended; null = at the floor
   * @param newest the latest change seen
   * @param mark what the probe said before it began
   */
  public record Walk(
      Instant startedAt,
      @Nullable Instant floor,
      @Nullable Position position,
      @Nullable Instant newest,
      @Nullable String mark) {}

  /**
   * What a walk has read so far.
   *
   * @param read records of the source; null = unknown, since it went back to an earlier position
   * @param total how many it will be, as the source told last; null = it does not tell
   * @param at when the record that was read last had changed; null = unknown
   * @param way which way these times went; null = unknown
   */
  public record Tally(
      @Nullable Long read, @Nullable Long total, @Nullable Instant at, @Nullable Way way) {

    static final Tally NOTHING = new Tally(0L, null, null, null);
    static final Tally UNKNOWN = new Tally(null, null, null, Way.MIXED);

    Tally plus(Page page) {
      var course = page.course();
      return new Tally(
          read == null ? null : read + page.read(),
          page.total() != null ? page.total() : total,
          course == null ? at : course.last(),
          course == null ? way : way(course));
    }

    private Way way(Course course) {
      if (way == null) return course.way();
      return at == null ? way : way.and(Way.between(at, course.first())).and(course.way());
    }
  }

  public static Checkpoint none(Key key) {
    return new Checkpoint(key, null, null, null, null, 0, Tally.NOTHING);
  }

  /**
   * Where the next page of this partition begins.
   *
   * @param startFrom floor of the very first walk; null = all history
   */
  public WalkedStream.Request request(
      WalkedStream stream, @Nullable Instant startFrom, int pageSize) {
    var floor = walk != null ? walk.floor : floor(stream, startFrom);
    var position = walk != null ? walk.position : null;
    return new WalkedStream.Request(key.partition(), floor, position, pageSize);
  }

  /**
   * The checkpoint to store together with {@code page}.
   *
   * <p>The watermark moves only when the walk ends, to the earlier of its start and the newest
   * change seen, less the overlap: what changed while the walk went on is read again by the next
   * one, and a record dated in the future moves it no further than the walk's start. It never moves
   * back.
   */
  public Checkpoint after(
      Page page, WalkedStream stream, @Nullable Instant startFrom, @Nullable String plannedMark) {
    var begun =
        walk != null
            ? walk
            : new Walk(page.servedAt(), floor(stream, startFrom), null, null, plannedMark);
    var read = (walk != null ? tally : Tally.NOTHING).plus(page);
    var newest = later(begun.newest, page.newest());
    var marked = page.mark() != null ? page.mark() : begun.mark;
    if (page.next() != null) {
      var moved = new Walk(begun.startedAt, begun.floor, page.next(), newest, marked);
      return new Checkpoint(key, watermark, mark, completedAt, moved, version + 1, read);
    }
    var reached =
        stream.incremental()
            ? later(watermark, end(begun.startedAt, newest, stream.overlap()))
            : null;
    return new Checkpoint(key, reached, marked, begun.startedAt, null, version + 1, read);
  }

  /** The same walk, going on from {@code position}, or from its floor if that is null. */
  public Checkpoint from(@Nullable Position position) {
    if (walk == null) return this;
    var moved = new Walk(walk.startedAt, walk.floor, position, walk.newest, walk.mark);
    var again = position == null ? Tally.NOTHING : Tally.UNKNOWN;
    return new Checkpoint(key, watermark, mark, completedAt, moved, version, again);
  }

  /** As if the walk under way had not begun. */
  Checkpoint withoutWalk() {
    return new Checkpoint(key, watermark, mark, completedAt, null, version, Tally.NOTHING);
  }

  /** The next walk begins at a time that has been read already; one under way is given up. */
  Checkpoint rewound(Rewind.To to) {
    return new Checkpoint(key, to.watermark(), to.mark(), null, null, version + 1, Tally.NOTHING);
  }

  public Reached reached() {
    return new Reached(watermark, walk != null ? walk.mark : mark, completedAt, walk != null);
  }

  private @Nullable Instant floor(WalkedStream stream, @Nullable Instant startFrom) {
    if (!stream.incremental()) return null;
    return watermark != null ? watermark : startFrom;
  }

  private static @Nullable Instant end(
      Instant startedAt, @Nullable Instant newest, Duration overlap) {
    if (newest == null) return null;
    return (newest.isBefore(startedAt) ? newest : startedAt).minus(overlap);
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) return b;
    return b == null || a.isAfter(b) ? a : b;
  }
}
