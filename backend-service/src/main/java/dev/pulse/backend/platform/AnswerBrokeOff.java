package dev.pulse.backend.platform;

/**
 * What was being handed on to a client has broken off in the middle. Nothing can be said any more:
 * the connection ends, so that the client sees that something is missing.
 */
public final class AnswerBrokeOff extends RuntimeException {

  public AnswerBrokeOff(Throwable cause) {
    super("an answer broke off", cause);
  }
}
