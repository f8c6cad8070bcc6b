package dev.pulse.etl.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.pulse.model.RunState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come in one partition of a stream. What is not known is null: nothing here is
 * guessed.
 *
 * @param read records of the source that the walk has read, in runs before this one too
 * @param expected how many it will be, as the source or, of debts, the database counts
 * @param percent of {@code expected}, rounded down
 * @param rowsPerSecond in the last half minute or a little more, while the run is going on
 * @param eta when it will have been read
 * @param waits why nothing is read at the moment: the run waits, or it will ask for the page again
 * @param standing how far the partition has been read by all runs; null for a run of the past, and
 *     for what has no checkpoint
 */
record PartitionProgress(
    String stream,
    String streamLabel,
    String partition,
    String label,
    @JsonUnwrapped Counts counts,
    @Nullable Long read,
    @Nullable Long expected,
    @Nullable Double percent,
    @Nullable Double rowsPerSecond,
    @Nullable Eta eta,
    @Nullable RunWait waits,
    @Nullable Standing standing,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /** After so long without a page the time since the last one counts too. */
  private static final Duration STALLED = Duration.ofSeconds(30);

  /**
   * What the database knows of it.
   *
   * @param read records, as above
   * @param total as the source told last
   * @param begun how much there was after the first page of the run
   * @param since how much there was when the recent past began
   * @param waits within a page, as its node tells
   */
  record Stored(
      String stream,
      String streamLabel,
      String partition,
      String label,
      Counts counts,
      @Nullable Long read,
      @Nullable Long total,
      @Nullable Pace begun,
      @Nullable Pace since,
      Standing.@Nullable Reached reached,
      @Nullable RunWait waits,
      Instant startedAt,
      Instant updatedAt,
      @Nullable Instant endedAt) {

    /** A count that reading has overtaken is none. */
    @Nullable Long expected() {
      if (endedAt != null) return read;
      return total == null || read == null || total < read ? null : total;
    }

    Pace at(Instant when) {
      return new Pace(when, counts.rows(), read);
    }

    /** The end of the time over which paces are measured. */
    Instant measuredUntil(Instant now) {
      return Duration.between(updatedAt, now).compareTo(STALLED) > 0 ? now : updatedAt;
    }
  }

  static PartitionProgress of(Stored stored, Runs.RunView run, Instant now) {
    boolean open = stored.endedAt == null;
    var expected = stored.expected();
    var reached = stored.reached;
    return new PartitionProgress(
        stored.stream,
        stored.streamLabel,
        stored.partition,
        stored.label,
        stored.counts,
        stored.read,
        expected,
        percent(stored.read, expected),
        open && run.state() == RunState.RUNNING ? rowsPerSecond(stored, now) : null,
        open ? eta(stored, run, now) : null,
        open ? waits(stored, run) : null,
        reached == null
            ? null
            : Standing.of(
                stored.streamLabel, stored.partition.isEmpty() ? "" : stored.label, reached, now),
        stored.startedAt,
        stored.endedAt);
  }

  private static @Nullable RunWait waits(Stored stored, Runs.RunView run) {
    return run.state() == RunState.RUNNING ? stored.waits : RunWait.of(run);
  }

  static @Nullable Double percent(@Nullable Long read, @Nullable Long expected) {
    if (read == null || expected == null) return null;
    return expected == 0 ? 100.0 : Math.floor(read * 1_000.0 / expected) / 10;
  }

  private static @Nullable Double rowsPerSecond(Stored stored, Instant now) {
    var since = stored.since;
    return since == null ? null : since.rowsPerSecond(stored.at(stored.measuredUntil(now)));
  }

  /** A wait counts for the pace of the whole run, and not for that of the recent past. */
  private static @Nullable Eta eta(Stored stored, Runs.RunView run, Instant now) {
    var begun = stored.begun;
    var since = stored.since;
    var expected = stored.expected();
    var read = stored.read;
    if (begun == null || since == null || expected == null || read == null) return null;
    var resumes = run.resumesAt();
    boolean waits = run.state() == RunState.WAITING && resumes != null;
    if (!waits && run.state() != RunState.RUNNING) return null;
    var last = waits ? stored.updatedAt : stored.measuredUntil(now);
    var goesOn = waits && resumes != null && resumes.isAfter(last) ? resumes : last;
    var overall = begun.recordsPerSecond(stored.at(goesOn));
    var recent = since.recordsPerSecond(stored.at(last));
    if (overall == null) return null;
    var eta = Eta.of(goesOn, expected - read, overall, recent == null ? overall : recent);
    return eta == null ? null : eta.notBefore(now);
  }
}
