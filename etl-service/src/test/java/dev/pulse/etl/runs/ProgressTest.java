package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.runs.Runs.RunView;
import dev.pulse.etl.runs.StreamProgress.StreamState;
import dev.pulse.model.RunState;
import dev.pulse.model.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of how far a run has come is true, or it is not said. */
class ProgressTest {

  private static final Instant START = Instant.parse("2026-05-20T12:00:00Z");
  private static final Duration PAGE = Duration.ofSeconds(4);
  private static final long PER_PAGE = 100;

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 10, 97, 499})
  void a_steady_source_ends_within_the_range_that_is_told(long pages) {
    var end = START.plus(PAGE.multipliedBy(500));

    for (long late = 0; late < 4; late++) {
      var now = at(pages).plusSeconds(late);
      var told = PartitionProgress.of(stored(pages, 50_000L), run(RunState.RUNNING, null), now);

      assertThat(told.eta()).isNotNull();
      assertThat(end).isBetween(told.eta().earliest(), told.eta().latest());
      assertThat(told.percent()).isEqualTo(Math.floor(pages * 2.0) / 10);
      assertThat(told.rowsPerSecond()).isEqualTo(PER_PAGE / 4.0);
    }
  }

  @Test
  void the_range_holds_across_a_wait_for_an_allowance() {
    // 100 pages, 20 minutes of waiting, 100 pages, and so on: 500 pages
    var resumes = at(100).plus(Duration.ofMinutes(20));
    var end = at(500).plus(Duration.ofMinutes(80));
    for (int minute = 0; minute < 20; minute++) {
      var told =
          PartitionProgress.of(
              stored(100, 50_000L),
              run(RunState.WAITING, resumes),
              at(100).plus(Duration.ofMinutes(minute)));

      assertThat(told.eta()).isNotNull();
      assertThat(told.eta().earliest()).isAfter(resumes);
      assertThat(end).isBetween(told.eta().earliest(), told.eta().latest());
      assertThat(told.rowsPerSecond()).as("nothing is read").isNull();
      assertThat(told.waits()).isEqualTo(new RunWait(WaitReason.SOURCE, "asked to wait", resumes));
    }
  }

  @Test
  void nothing_is_foretold_of_what_nobody_counts_or_whose_pace_is_not_known() {
    var running = run(RunState.RUNNING, null);

    assertThat(PartitionProgress.of(stored(10, null), running, at(10)).eta()).isNull();
    assertThat(PartitionProgress.of(stored(10, null), running, at(10)).percent()).isNull();
    var first = PartitionProgress.of(stored(1, 50_000L), running, at(1).plusSeconds(3));
    assertThat(first.eta()).isNull();
    assertThat(first.rowsPerSecond()).isNull();
  }

  @Test
  void a_count_that_reading_has_overtaken_is_none() {
    var told = PartitionProgress.of(stored(10, 999L), run(RunState.RUNNING, null), at(10));

    assertThat(told.read()).isEqualTo(1_000);
    assertThat(told.expected()).isNull();
    assertThat(told.percent()).isNull();
  }

  @Test
  void of_a_pause_nobody_knows_the_end() {
    var paused = PartitionProgress.of(stored(10, 2_000L), run(RunState.WAITING, null), at(10));

    assertThat(paused.eta()).isNull();
    assertThat(paused.percent()).isEqualTo(50);
  }

  @Test
  void a_stream_of_which_a_partition_has_not_begun_has_no_total() {
    var running = run(RunState.RUNNING, null);
    var open = List.of(PartitionProgress.of(stored(10, 2_000L), running, at(10)));

    var two = StreamProgress.of(planned(2), open, null, at(10));
    assertThat(two.state()).isEqualTo(StreamState.READING);
    assertThat(two.read()).isEqualTo(1_000);
    assertThat(two.expected()).isNull();

    var one = StreamProgress.of(planned(1), open, null, at(10));
    assertThat(one.expected()).isEqualTo(2_000);
    assertThat(one.eta()).isNotNull();
  }

  @Test
  void a_run_has_a_total_only_when_all_its_streams_have() {
    var running = run(RunState.RUNNING, null);
    var open = List.of(PartitionProgress.of(stored(10, 2_000L), running, at(10)));
    var known = StreamProgress.of(planned(1), open, null, at(10));
    var ended = StreamProgress.of(planned(0), List.of(), null, at(10));
    var toCome = StreamProgress.of(planned(null), List.of(), null, at(10));
    assertThat(toCome.state()).isEqualTo(StreamState.TO_COME);

    var all = RunProgress.of(List.of(ended, known), null, at(10));
    assertThat(all.expected()).isEqualTo(2_000);
    assertThat(all.streamsEnded()).isEqualTo(1);
    assertThat(all.eta()).isNotNull();

    var some = RunProgress.of(List.of(ended, known, toCome), null, at(10));
    assertThat(some.expected()).isNull();
    assertThat(some.percent()).isNull();
    assertThat(some.eta()).isNull();
    assertThat(some.read()).isEqualTo(1_000);
  }

  @Test
  void a_run_waits_only_if_none_of_its_parts_goes_on() {
    var running = run(RunState.RUNNING, null);
    var soon = new RunWait(WaitReason.SOURCE, "502", at(11));
    var late = new RunWait(WaitReason.SOURCE, "does not answer", at(12));
    var goesOn = PartitionProgress.of(stored(10, 2_000L), running, at(10));
    var waits = PartitionProgress.of(waiting(late), running, at(10));
    assertThat(waits.waits()).isEqualTo(late);

    assertThat(RunWait.within(List.of(soon, late), List.of(waits))).isEqualTo(soon);
    assertThat(RunWait.within(List.of(late), List.of())).as("no page yet").isEqualTo(late);
    assertThat(RunWait.within(List.of(late), List.of(waits, goesOn))).isNull();
    assertThat(RunWait.within(List.of(), List.of())).isNull();
  }

  private static PartitionProgress.Stored waiting(RunWait wait) {
    var it = stored(10, 2_000L);
    return new PartitionProgress.Stored(
        it.stream(),
        it.streamLabel(),
        it.partition(),
        it.label(),
        it.counts(),
        it.read(),
        it.total(),
        it.begun(),
        it.since(),
        null,
        wait,
        it.startedAt(),
        it.updatedAt(),
        null);
  }

  private static StreamProgress.Stored planned(@Nullable Integer partitions) {
    return new StreamProgress.Stored("things", "things", partitions, null, 0, Counts.NONE, 0L);
  }

  /** When a page is stored, the first one after four seconds. */
  private static Instant at(long page) {
    return START.plus(PAGE.multipliedBy(page));
  }

  /** After so many pages, a row a record; the recent past is of ten pages. */
  private static PartitionProgress.Stored stored(long pages, @Nullable Long total) {
    return new PartitionProgress.Stored(
        "things",
        "things",
        "p",
        "p",
        new Counts(pages, pages * PER_PAGE, 0, 0, 0, 0),
        pages * PER_PAGE,
        total,
        pace(1),
        pace(Math.max(1, pages - 10)),
        null,
        null,
        at(1),
        at(pages),
        null);
  }

  private static Pace pace(long pages) {
    return new Pace(at(pages), pages * PER_PAGE, pages * PER_PAGE);
  }

  private static RunView run(RunState state, @Nullable Instant resumesAt) {
    boolean waits = state == RunState.WAITING;
    return new RunView(
        1,
        1,
        state,
        waits ? "asked to wait" : null,
        waits ? WaitReason.SOURCE : null,
        resumesAt,
        null,
        START,
        null,
        false,
        1,
        null);
  }
}
