package dev.pulse.etl.runs;

import dev.pulse.model.RunState;
import dev.pulse.model.WaitReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run, or a part of it, waits.
 *
 * @param waitsFor null = for its turn
 * @param until when it goes on by itself; null = when what it waits for has ended
 */
record RunWait(@Nullable WaitReason waitsFor, @Nullable String reason, @Nullable Instant until) {

  static @Nullable RunWait of(Runs.RunView run) {
    if (run.state() != RunState.WAITING) return null;
    return new RunWait(run.waitsFor(), run.reason(), run.resumesAt());
  }

  /**
   * That of a run which is going on and keeps its place, but asks nothing at the moment.
   *
   * @param waits within pages, the one that ends first at the head
   * @param open the parts of which something has been stored: if one of them goes on, so does all
   * @return that one; null = something is being read
   */
  static @Nullable RunWait within(List<RunWait> waits, Collection<PartitionProgress> open) {
    boolean goesOn = open.stream().anyMatch(each -> each.waits() == null);
    return goesOn || waits.isEmpty() ? null : waits.getFirst();
  }

  /** Null if there is none. */
  static @Nullable RunWait withinPage(ResultSet row) throws SQLException {
    var until = row.getTimestamp("wait_until");
    if (until == null) return null;
    return new RunWait(WaitReason.SOURCE, row.getString("wait_reason"), until.toInstant());
  }
}
