package dev.pulse.etl.ingest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells the threads of a run to end at the next page boundary. */
public final class StopSignal {

  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Asks once; later calls change nothing. */
  public void stop(String why) {
    reason.compareAndSet(null, why);
    asked.countDown();
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

  /**
   * Waits, where nothing is half done.
   *
   * @throws Stopped as soon as the run is to end
   */
  void sleep(Duration howLong) throws InterruptedException {
    if (asked.await(howLong.toMillis(), TimeUnit.MILLISECONDS)) check();
  }

  /** The run was asked to end, and ended between two pages. */
  public static final class Stopped extends RuntimeException {
    Stopped(String why) {
      super(why);
    }
  }
}
