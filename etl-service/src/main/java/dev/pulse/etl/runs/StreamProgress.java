package dev.pulse.etl.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come in a stream: the sum of its partitions. One part that is unknown makes the
 * sum unknown.
 *
 * @param partitions how many of it the run reads; null = that is not known yet
 * @param partitionsEnded how many of these have been read to the end
 * @param rowsPerSecond of the partitions of which it is known
 * @param open partitions that have been begun and not ended, at most fifty
 */
record StreamProgress(
    String stream,
    String label,
    StreamState state,
    @Nullable Integer partitions,
    int partitionsEnded,
    @JsonUnwrapped Counts counts,
    @Nullable Long read,
    @Nullable Long expected,
    @Nullable Double percent,
    @Nullable Double rowsPerSecond,
    @Nullable Eta eta,
    @Nullable RunWait waits,
    List<PartitionProgress> open) {

  private static final int SHOWN = 50;

  enum StreamState {
    /** Its turn has not come. */
    TO_COME,
    READING,
    /** Nothing more of it is read in this run. */
    ENDED
  }

  StreamProgress {
    open = List.copyOf(open);
  }

  /**
   * What the database knows of it.
   *
   * @param endedAt nothing more of it is read in this run
   * @param counts of the partitions that have ended
   * @param read by these; null = unknown
   */
  record Stored(
      String stream,
      String label,
      @Nullable Integer partitions,
      @Nullable Instant endedAt,
      int partitionsEnded,
      Counts counts,
      @Nullable Long read) {

    boolean whole(List<PartitionProgress> open) {
      return partitions != null && open.isEmpty() && partitionsEnded >= partitions;
    }

    StreamState state(List<PartitionProgress> open) {
      if (endedAt != null || whole(open)) return StreamState.ENDED;
      boolean begun = partitions != null || partitionsEnded > 0 || !open.isEmpty();
      return begun ? StreamState.READING : StreamState.TO_COME;
    }

    /** Only if all partitions have been begun: what the others hold nobody has counted. */
    @Nullable Long expected(List<PartitionProgress> open) {
      if (whole(open)) return read;
      boolean known =
          endedAt == null && partitions != null && open.size() + partitionsEnded == partitions;
      if (!known) return null;
      return sum(read, open.stream().map(PartitionProgress::expected).toList());
    }
  }

  static StreamProgress of(
      Stored stored, List<PartitionProgress> open, @Nullable RunWait wait, Instant now) {
    var state = stored.state(open);
    var counts = stored.counts;
    for (var each : open) counts = counts.plus(each.counts());
    var read = sum(stored.read, open.stream().map(PartitionProgress::read).toList());
    var expected = stored.expected(open);
    boolean known = state == StreamState.READING && expected != null;
    return new StreamProgress(
        stored.stream,
        stored.label,
        state,
        stored.partitions,
        stored.partitionsEnded,
        counts,
        read,
        expected,
        PartitionProgress.percent(read, expected),
        known(open.stream().map(PartitionProgress::rowsPerSecond).toList()),
        known ? all(open.stream().map(PartitionProgress::eta).toList(), now) : null,
        state == StreamState.ENDED ? null : wait,
        open.subList(0, Math.min(open.size(), SHOWN)));
  }

  /** Null if a part is. */
  static @Nullable Long sum(@Nullable Long first, List<@Nullable Long> others) {
    var sum = first;
    for (var other : others) sum = sum == null || other == null ? null : sum + other;
    return sum;
  }

  /** The sum of those that are known; null if none is. */
  static @Nullable Double known(List<@Nullable Double> rates) {
    return rates.stream().filter(Objects::nonNull).reduce(Double::sum).orElse(null);
  }

  /** Null if one of them is. */
  static @Nullable Eta all(List<@Nullable Eta> parts, Instant now) {
    var known = new ArrayList<Eta>();
    for (var part : parts) {
      if (part == null) return null;
      known.add(part);
    }
    return Eta.ofAll(known, now);
  }
}
