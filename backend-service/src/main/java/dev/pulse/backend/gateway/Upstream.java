package dev.pulse.backend.gateway;

import dev.pulse.backend.platform.Problem;
import dev.pulse.model.ProblemKind;
import java.time.Duration;

/** What can be said of etl-service when it does not answer as it should. */
final class Upstream {

  private static final ProblemKind AWAY =
      new ProblemKind(
          503,
          "ETL_AWAY",
          "The data engine does not answer",
          "Try again in a moment; if it stays so, see whether etl-service runs.");
  private static final ProblemKind BUSY =
      new ProblemKind(503, "GATEWAY_BUSY", "Too much is asked at once", "Try again in a moment.");
  private static final ProblemKind LATE =
      new ProblemKind(
          504,
          "ETL_LATE",
          "The data engine took too long",
          "Look whether what you asked for has happened before you ask again.");
  private static final ProblemKind BROKE_OFF =
      new ProblemKind(
          502,
          "ETL_BROKE_OFF",
          "The data engine went away over it",
          "Look whether what you asked for has happened before you ask again.");
  private static final ProblemKind UNINTELLIGIBLE =
      new ProblemKind(
          502,
          "ETL_UNINTELLIGIBLE",
          "The data engine gave no proper answer",
          "Look for the request id in the logs of both services.");
  private static final ProblemKind REFUSES_GATEWAY =
      new ProblemKind(
          502,
          "ETL_REFUSES_GATEWAY",
          "The data engine does not believe the gateway",
          "Compare the key files, the allowed addresses and the clocks of both services.");

  private Upstream() {}

  static Problem away(Duration again) {
    return Problem.later(AWAY, "etl-service cannot be reached.", again);
  }

  static Problem busy() {
    return Problem.later(
        BUSY, "etl-service has as many requests as it may have.", Duration.ofSeconds(1));
  }

  static Problem late() {
    return new Problem(LATE, "etl-service did not answer in time.");
  }

  static Problem brokeOff() {
    return new Problem(BROKE_OFF, "etl-service has got the request, and did not answer.");
  }

  static Problem unintelligible() {
    return new Problem(UNINTELLIGIBLE, "What came back from etl-service makes no sense.");
  }

  static Problem refusesGateway() {
    return new Problem(REFUSES_GATEWAY, "etl-service has refused the gateway's own signature.");
  }
}
