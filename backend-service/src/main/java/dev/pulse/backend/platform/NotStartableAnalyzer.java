package dev.pulse.backend.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start that cannot work with what to set, instead of a stack trace. */
final class NotStartableAnalyzer extends AbstractFailureAnalyzer<NotStartable> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NotStartable cause) {
    return new FailureAnalysis("backend-service cannot start: " + cause.getMessage(), null, cause);
  }
}
