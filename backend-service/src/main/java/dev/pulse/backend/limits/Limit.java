package dev.pulse.backend.limits;

import java.util.Locale;

/** What is counted apart from the rest. */
public enum Limit {
  READS,
  WRITES,
  DOWNLOADS,
  SIGN_IN,
  STRANGERS;

  /** As it is called in settings and headers. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
