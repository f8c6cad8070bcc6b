package dev.pulse.backend.dashboard;

import java.util.Locale;

/** What etl-service tells for the overview; each part is asked for by itself. */
enum Part {
  JOBS("/jobs"),
  FRESHNESS("/freshness"),
  ATTENTION("/attention");

  private final String path;

  Part(String path) {
    this.path = path;
  }

  /** As the table of routes lists it. */
  String path() {
    return path;
  }

  /** As it is called in the answer. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
