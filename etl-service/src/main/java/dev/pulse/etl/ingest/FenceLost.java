package dev.pulse.etl.ingest;

/** Somebody else owns the run or its checkpoint: nothing was written, and nothing more may be. */
public final class FenceLost extends RuntimeException {

  public FenceLost(String what) {
    super(what);
  }
}
