package dev.pulse.etl.runs;

/**
 * What is asked of a run that is going on. It is stored with the run, and whoever works on the run
 * fulfils it. A wish takes the place of those before it in this order, and not of those after it.
 */
enum Wish {
  /** Hold, until another job has ended that was activated; then go on by itself. */
  ACTIVATION,
  /** Hold, until the maintenance has ended; then go on by itself. */
  MAINTENANCE,
  /** Hold, until an operator resumes the job. */
  PAUSE,
  /** End. */
  STOP;

  /** How soon. */
  enum Mode {
    /** When the page under way has been stored. */
    page,
    /** At once: the page under way is given up, and read again later. */
    now,
    /** When the run has ended by itself: nothing is asked of it. */
    finish
  }
}
