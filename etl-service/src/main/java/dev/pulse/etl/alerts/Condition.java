package dev.pulse.etl.alerts;

/** What people can be told of. */
enum Condition {
  /** The last run of a job failed, and none has succeeded since. */
  JOB_FAILED,
  /** A job has had no success for so many of its planned times. */
  JOB_LATE,
  /** Little is left of what a source allows, or it asks to wait. */
  BUDGET_LOW,
  /** So many records of a connection were set aside within an hour. */
  QUARANTINE_GROWING
}
