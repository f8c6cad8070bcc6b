package dev.pulse.etl.alerts;

/** A message that did not arrive, or of which nobody said so. */
final class NotDelivered extends Exception {

  NotDelivered(String message) {
    super(message);
  }

  NotDelivered(String message, Throwable cause) {
    super(message, cause);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
