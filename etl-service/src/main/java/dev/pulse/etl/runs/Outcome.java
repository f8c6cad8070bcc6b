package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.model.FailureCategory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How work on a run ended. */
sealed interface Outcome {

  record Finished() implements Outcome {}

  /** It stopped because something is wished of it. */
  record Asked() implements Outcome {}

  /** Goes on by itself after {@code pause}; the slot is free meanwhile. */
  record Waiting(Duration pause, String reason) implements Outcome {
    public Waiting {
      reason = StorableText.of(reason);
    }
  }

  record Failed(Failure failure) implements Outcome {}

  /** This node goes away: any node may take the run over at once. */
  record Released() implements Outcome {}

  /** The database was away: any node goes on with the run, and nothing has failed. */
  record CutOff(String why) implements Outcome {}

  /** The run is somebody else's now; nothing may be written of it. */
  record Lost() implements Outcome {}

  /**
   * Why a run failed.
   *
   * @param code tells failures of a category apart, for programs; null if it failed before there
   *     were codes
   * @param remedy what the operator can do, one sentence
   */
  record Failure(FailureCategory category, @Nullable String code, String message, String remedy) {
    public Failure {
      message = StorableText.of(message);
      remedy = StorableText.of(remedy);
    }
  }
}
