package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StopSignal;
import java.util.function.Consumer;

/** A run that this node works on, and how to make it stop. */
final class ActiveRun {

  /** It stops because something is wished of it: what, the database says. */
  static final String ASKED = "something is wished of it";

  static final String SHUTDOWN = "this node is shutting down";
  static final String LOST = "the run is somebody else's";

  private final Claim claim;
  private final StopSignal stop = new StopSignal();
  private final Thread thread;
  private boolean ending;

  /**
   * A run that begins when its thread is started.
   *
   * @param work is done on a thread of its own
   */
  ActiveRun(Claim claim, Consumer<ActiveRun> work) {
    this.claim = claim;
    this.thread =
        Thread.ofVirtual().name("run-" + claim.runId()).unstarted(() -> work.accept(this));
  }

  Claim claim() {
    return claim;
  }

  StopSignal stop() {
    return stop;
  }

  Thread thread() {
    return thread;
  }

  /** It stops when the page under way has been stored. */
  void stopAfterPage(String why) {
    stop.stop(why);
  }

  /** It stops at once: the page under way is given up. Its end is still written down. */
  synchronized void stopNow(String why) {
    stop.stop(why);
    if (!ending) thread.interrupt();
  }

  /** From now on nothing interrupts it: how it ended is being written down. */
  synchronized void beginEnding() {
    ending = true;
    Thread.interrupted(); // else the database would not be reached
  }

  synchronized boolean ending() {
    return ending;
  }
}
