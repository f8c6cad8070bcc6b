package dev.pulse.etl.ingest;

/**
 * How the rows of a page are written.
 *
 * @param doubting whether PostgreSQL is known to refuse one of them: those that it refuses are set
 *     aside, for the price of some more statements, and all others stored
 */
record Writing(boolean doubting) {

  static final Writing TRUSTING = new Writing(false);

  static final Writing DOUBTING = new Writing(true);
}
