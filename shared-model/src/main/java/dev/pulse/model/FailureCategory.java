package dev.pulse.model;

/** Whose problem a failure is. */
public enum FailureCategory {
  /** Yours: a setting, token or right. Trying again does not help. */
  CONFIGURATION,
  /** The source's: it is down or answers nonsense. */
  SOURCE,
  /** Nobody's: wait. */
  CAPACITY,
  /** Ours: a fault in Pulse or its database. */
  INTERNAL
}
