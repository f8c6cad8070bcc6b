package dev.pulse.etl.ingest;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells the threads of a run to end at the next page boundary. */
public final class StopSignal {

  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

  /** Asks once; later calls change nothing. */
  public void stop(String why) {
    reason.compareAndSet(null, why);
  }

  public @Nullable String reason() {
    return reason.get();
  }

  /**
   * To be called where nothing is half done.
   *
   * @throws Stopped if the run is to end
   */
  void check() {
    var why = reason.get();
    if (why != null) throw new Stopped(why);
  }

  /** The run was asked to end, and ended between two pages. */
  public static final class Stopped extends RuntimeException {
    Stopped(String why) {
      super(why);
    }
  }
}
