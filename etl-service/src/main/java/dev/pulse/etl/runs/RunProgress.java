package dev.pulse.etl.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.pulse.etl.runs.StreamProgress.StreamState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come: the sum of its streams. As long as a stream is to come whose records
 * nobody has counted, how many it will be is unknown.
 *
 * @param streams how many it reads; 0 = not known yet
 * @param streamsEnded how many of these have been read to the end
 */
record RunProgress(
    int streams,
    int streamsEnded,
    @JsonUnwrapped Counts counts,
    @Nullable Long read,
    @Nullable Long expected,
    @Nullable Double percent,
    @Nullable Double rowsPerSecond,
    @Nullable Eta eta,
    @Nullable RunWait waits) {

  static RunProgress of(List<StreamProgress> streams, @Nullable RunWait wait, Instant now) {
    var counts = Counts.NONE;
    for (var each : streams) counts = counts.plus(each.counts());
    var none = streams.isEmpty() ? null : Long.valueOf(0);
    var read = StreamProgress.sum(none, streams.stream().map(StreamProgress::read).toList());
    var expected =
        StreamProgress.sum(none, streams.stream().map(StreamProgress::expected).toList());
    var going = streams.stream().filter(each -> each.state() != StreamState.ENDED).toList();
    return new RunProgress(
        streams.size(),
        streams.size() - going.size(),
        counts,
        read,
        expected,
        PartitionProgress.percent(read, expected),
        StreamProgress.known(streams.stream().map(StreamProgress::rowsPerSecond).toList()),
        StreamProgress.all(going.stream().map(StreamProgress::eta).toList(), now),
        wait);
  }
}
