package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.problem.Problem;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * An operator's wish, as sent.
 *
 * @param mode how soon; page if left out
 * @param force only for a start: goes before all that are not forced
 * @param reason kept in the history
 */
record Control(
    Wish.@Nullable Mode mode, @Nullable Boolean force, @Nullable @Size(max = 500) String reason) {

  static final Control EMPTY = new Control(null, null, null);

  static Control orEmpty(@Nullable Control control) {
    return control == null ? EMPTY : control;
  }

  String reasonOr(String standard) {
    return reason == null || reason.isBlank() ? standard : StorableText.of(reason.strip());
  }

  boolean forced() {
    return Boolean.TRUE.equals(force);
  }

  Wish.Mode modeOrPage() {
    return mode == null ? Wish.Mode.page : mode;
  }

  /**
   * How soon one run is to stop.
   *
   * @throws Problem 400 if it says to let it finish
   */
  Wish.Mode pageOrNow() {
    if (mode != Wish.Mode.finish) return modeOrPage();
    throw Problem.invalid("mode", "must be page or now", "Leave the run alone if it may finish.");
  }
}
