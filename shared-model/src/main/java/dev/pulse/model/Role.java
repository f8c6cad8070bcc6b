package dev.pulse.model;

import static dev.pulse.model.Permission.CONNECTIONS_READ;
import static dev.pulse.model.Permission.EXCLUSIONS_WRITE;
import static dev.pulse.model.Permission.ITEMS_EXPORT;
import static dev.pulse.model.Permission.ITEMS_READ;
import static dev.pulse.model.Permission.JOBS_CONTROL;
import static dev.pulse.model.Permission.JOBS_READ;
import static dev.pulse.model.Permission.LINKS_WRITE;
import static dev.pulse.model.Permission.LOGS_READ;
import static dev.pulse.model.Permission.MAPPINGS_WRITE;
import static dev.pulse.model.Permission.QUARANTINE_WRITE;

import java.util.EnumSet;
import java.util.Set;

/** What a person is to Pulse, and so what the person may do. */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Keeps the jobs going. */
  OPERATOR,
  /** Makes the numbers right. */
  ANALYST,
  /** Everything. */
  ADMIN;

  public Set<Permission> permissions() {
    return switch (this) {
      case VIEWER -> EnumSet.of(ITEMS_READ, JOBS_READ, CONNECTIONS_READ);
      case OPERATOR -> viewerAnd(JOBS_CONTROL, LOGS_READ, QUARANTINE_WRITE);
      case ANALYST -> viewerAnd(ITEMS_EXPORT, MAPPINGS_WRITE, LINKS_WRITE, EXCLUSIONS_WRITE);
      case ADMIN -> EnumSet.allOf(Permission.class);
    };
  }

  private static Set<Permission> viewerAnd(Permission... more) {
    var all = EnumSet.copyOf(VIEWER.permissions());
    all.addAll(Set.of(more));
    return all;
  }
}
