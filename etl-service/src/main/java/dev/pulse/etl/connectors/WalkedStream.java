package dev.pulse.etl.connectors;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is read by walking its partitions from a floor to the end.
 *
 * <p>A walk outlives runs: it is the floor, the position reached, and the source's time when it
 * began. When it ends, the engine moves the partition's watermark to the earlier of that time and
 * the newest change seen, less {@link #overlap()}; the next walk's floor is the watermark.
 */
public non-sealed interface WalkedStream extends RecordStream {

  /**
   * How far behind the end of a walk the watermark stays, to cover clocks and lagging indexes.
   * Records read again are recognised and not written again.
   */
  default Duration overlap() {
    return Duration.ZERO;
  }

  /** False for a stream that has no filter by time and is read whole in every run. */
  default boolean incremental() {
    return true;
  }

  /** Whether a walk reads by time of change, the longest untouched first. */
  default boolean ascending() {
    return false;
  }

  /**
   * The partitions that this run should walk. Partitions known to hold nothing new are left out;
   * partitions in scope whose walk is open must be in it.
   */
  default List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return List.of(new PlannedWalk(Partition.WHOLE, null));
  }

  /**
   * How a partition is read again from a time. A stream that has no filter by time is read whole.
   *
   * @param checkpoints of this stream by partition id, as if no walk were under way: those begin
   *     anew
   * @param to not in the future, and not before the first walk's floor
   */
  default Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    if (!incremental()) return Rewind.To.BEGINNING;
    var reached = checkpoints.getOrDefault(partition, Reached.NOWHERE);
    return Rewind.To.atMost(reached.watermark(), to);
  }

  /**
   * Reads the next page of a walk.
   *
   * @throws SourceFailure.PositionExpired if the position is no longer known to the source
   */
  Page read(Request request) throws InterruptedException;

  /**
   * What the engine asks a stream for.
   *
   * @param floor records changed at or after it are wanted; null = all
   * @param position where the page before ended; null = begin at the floor
   * @param pageSize how many records to ask for
   */
  record Request(
      Partition partition, @Nullable Instant floor, @Nullable Position position, int pageSize) {}

  /**
   * A partition to be walked.
   *
   * @param mark what the source's cheap probe said of this partition before the walk; kept when the
   *     walk ends, so that the next plan can see whether anything has moved. Null = unknown
   */
  record PlannedWalk(Partition partition, @Nullable String mark) {}

  /**
   * What a plan is made from.
   *
   * @param scope what is in scope and may be read, ordered by the oldest completed walk first
   * @param checkpoints of this stream, by partition id
   * @param now the clock
   */
  record Planning(List<ScopeElement> scope, Map<String, Reached> checkpoints, Instant now) {

    public Planning {
      scope = List.copyOf(scope);
      checkpoints = Map.copyOf(checkpoints);
    }

    /** How far a partition has been read; {@link Reached#NOWHERE} if it never was. */
    public Reached reached(String partitionId) {
      return checkpoints.getOrDefault(partitionId, Reached.NOWHERE);
    }
  }

  /**
   * How far a partition has been read.
   *
   * @param watermark all changes before it have been read; null = no walk has ended yet
   * @param mark as given by the plan of the open walk, or of the last that ended if none is open
   * @param completedAt the source's time when the last ended walk began; null too if the partition
   *     could not be read when it was tried last: then it counts as not read, however quiet it is
   * @param open a walk has begun and not ended
   * @param endedAt the same as {@code completedAt}, whatever could not be read since: up to there
   *     all has been read
   */
  record Reached(
      @Nullable Instant watermark,
      @Nullable String mark,
      @Nullable Instant completedAt,
      boolean open,
      @Nullable Instant endedAt) {

    public static final Reached NOWHERE = new Reached(null, null, null, false);

    /** Of a partition that was not refused since. */
    public Reached(
        @Nullable Instant watermark,
        @Nullable String mark,
        @Nullable Instant completedAt,
        boolean open) {
      this(watermark, mark, completedAt, open, completedAt);
    }

    /** The same of a partition that could not be read when it was tried last. */
    public Reached refused() {
      return new Reached(watermark, mark, null, open, endedAt);
    }
  }
}
