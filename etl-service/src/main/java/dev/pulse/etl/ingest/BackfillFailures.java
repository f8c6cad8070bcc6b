package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.ingest.OpenBackfills.Failure;
import dev.pulse.etl.platform.database.DatabaseTrouble;
import dev.pulse.model.FailureCategory;
import java.util.Optional;

/** What a failure of a run means for the backfill that it was reading for. */
final class BackfillFailures {

  static final Failure OUT_OF_SCOPE =
      new Failure(
          FailureCategory.CONFIGURATION,
          "its project or repository has left the scope of the connection",
          "Include it in the scope again, then ask for it again.");

  private BackfillFailures() {}

  /** Empty if it is none of the backfill's: a wait, a stop, or a database that was away. */
  static Optional<Failure> of(RuntimeException failure) {
    return switch (failure) {
      case FenceLost _, StopSignal.Stopped _ -> Optional.empty();
      case SourceFailure source -> of(source);
      default ->
          DatabaseTrouble.of(failure) == DatabaseTrouble.LASTS
              ? Optional.of(
                  new Failure(
                      FailureCategory.INTERNAL,
                      failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                      "Look at the log of etl-service."))
              : Optional.empty();
    };
  }

  private static Optional<Failure> of(SourceFailure failure) {
    var message = Sync.message(failure);
    return switch (failure) {
      case RateLimited _ -> Optional.empty();
      case CredentialsRejected _, AccessDenied _, WrongProduct _, RequestRefused _ ->
          Optional.of(new Failure(FailureCategory.CONFIGURATION, message, failure.remedy()));
      case SourceUnavailable _, TooHeavy _, PositionExpired _ ->
          Optional.of(
              new Failure(
                  FailureCategory.SOURCE,
                  message,
                  "Ask whoever runs the source; when it can serve this, ask for it again."));
    };
  }

  /** Whether trying again cannot help. */
  static boolean isFinal(RuntimeException failure) {
    return failure instanceof RequestRefused;
  }

  static Failure tooMany(Failure last, int failures) {
    return new Failure(
        last.category(),
        "%d runs in a row failed at it and stored no page of it, the last with: %s"
            .formatted(failures, last.reason()),
        last.remedy());
  }
}
