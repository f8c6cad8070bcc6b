package dev.pulse.backend.platform;

/** The service cannot start as it is configured. The message is one sentence: what to set. */
public class NotStartable extends RuntimeException {

  public NotStartable(String message) {
    super(message);
  }

  public NotStartable(String message, Throwable cause) {
    super(message, cause);
  }
}
