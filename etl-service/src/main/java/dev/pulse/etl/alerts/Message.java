package dev.pulse.etl.alerts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people are told.
 *
 * @param id the same however often it is sent, so that a receiver can leave out what came twice
 * @param condition null = none: somebody tries the alert out
 * @param since when the trouble began
 */
record Message(
    String id,
    Kind kind,
    Alert alert,
    @Nullable Condition condition,
    String subject,
    String summary,
    Instant since) {

  enum Kind {
    TROUBLE,
    RECOVERY,
    TEST
  }

  /** One line for people. */
  String text() {
    return switch (kind) {
      case TROUBLE -> summary;
      case RECOVERY -> "Over: " + summary;
      case TEST -> "A test: messages of the alert " + alert.name() + " arrive";
    };
  }
}
