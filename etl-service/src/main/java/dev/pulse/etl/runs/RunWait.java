package dev.pulse.etl.runs;

import dev.pulse.model.RunState;
import dev.pulse.model.WaitReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a run waits.
 *
 * @param waitsFor null = for its turn
 * @param until when it goes on by itself; null = when what it waits for has ended
 */
record RunWait(@Nullable WaitReason waitsFor, @Nullable String reason, @Nullable Instant until) {

  static @Nullable RunWait of(Runs.RunView run) {
    if (run.state() != RunState.WAITING) return null;
    return new RunWait(run.waitsFor(), run.reason(), run.resumesAt());
  }
}
