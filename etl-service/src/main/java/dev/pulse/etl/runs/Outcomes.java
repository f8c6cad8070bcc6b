package dev.pulse.etl.runs;

import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.ingest.FenceLost;
import dev.pulse.etl.ingest.StopSignal;
import dev.pulse.etl.platform.database.DatabaseTrouble;
import dev.pulse.etl.platform.secret.SecretBox.SecretUnreadable;
import dev.pulse.etl.runs.Outcome.Asked;
import dev.pulse.etl.runs.Outcome.CutOff;
import dev.pulse.etl.runs.Outcome.Failed;
import dev.pulse.etl.runs.Outcome.Failure;
import dev.pulse.etl.runs.Outcome.Lost;
import dev.pulse.etl.runs.Outcome.Waiting;
import dev.pulse.model.FailureCategory;

/** What a failure means for a run. */
final class Outcomes {

  private Outcomes() {}

  static Outcome of(Throwable failure) {
    return switch (failure) {
      case FenceLost _ -> new Lost();
      case StopSignal.Stopped _ -> new Asked();
      case SourceFailure source -> of(source);
      case InvalidSetting setting ->
          failed(
              FailureCategory.CONFIGURATION, "INVALID_SETTING", message(setting), setting.remedy());
      case SecretUnreadable secret ->
          failed(
              FailureCategory.CONFIGURATION,
              "SECRET_UNREADABLE",
              "The saved secret does not open: " + message(secret),
              "Put the missing key back, or enter the secret again.");
      default -> ofOurs(failure);
    };
  }

  private static Outcome ofOurs(Throwable failure) {
    return switch (DatabaseTrouble.of(failure)) {
      case PASSES -> new CutOff(String.valueOf(DatabaseTrouble.words(failure)));
      case FULL ->
          failed(
              FailureCategory.CAPACITY,
              "DATABASE_FULL",
              "The database is full: " + DatabaseTrouble.words(failure),
              "Make room for PostgreSQL; Pulse tries again.");
      case LASTS ->
          failed(
              FailureCategory.INTERNAL,
              "UNEXPECTED",
              failure.getClass().getSimpleName() + ": " + message(failure),
              "Pulse tries again; if it lasts, look at the log of etl-service.");
    };
  }

  static Outcome deadly(int losses) {
    return failed(
        FailureCategory.CAPACITY,
        "NODES_LOST",
        "%d times in a row its node or the database was lost before anything was stored"
            .formatted(losses),
        "Look at why etl-service ended, its memory first, and at the log of the database.");
  }

  private static Outcome of(SourceFailure failure) {
    var message = message(failure);
    return switch (failure) {
      case RateLimited limited -> new Waiting(limited.left(), message);
      case CredentialsRejected _, AccessDenied _, WrongProduct _, RequestRefused _ ->
          failed(FailureCategory.CONFIGURATION, failure.code(), message, failure.remedy());
      case SourceUnavailable _, TooHeavy _, PositionExpired _ ->
          failed(FailureCategory.SOURCE, failure.code(), message, failure.remedy());
    };
  }

  private static Outcome failed(
      FailureCategory category, String code, String message, String remedy) {
    return new Failed(new Failure(category, code, message, remedy));
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? "no further detail" : failure.getMessage();
  }
}
