package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import io.opentelemetry.context.Context;
import java.util.Comparator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Work done side by side on virtual threads, which may add more work. A failure that makes further
 * requests pointless interrupts the rest; others let the rest come to its end.
 */
final class Stage implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong pending = new AtomicLong(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /** Work that may be interrupted. */
  interface Work {
    void run() throws InterruptedException;
  }

  /** Adds work; once a failure has made the rest pointless it is dropped. */
  void go(Work work) {
    pending.incrementAndGet();
    try {
      threads.execute(Context.current().wrap(() -> perform(work)));
    } catch (RejectedExecutionException e) {
      end();
    }
  }

  private void perform(Work work) {
    try {
      work.run();
    } catch (Throwable e) {
      failures.add(e);
      if (makesTheRestPointless(e)) threads.shutdownNow();
    } finally {
      end();
    }
  }

  /**
   * Work can be added by work, or before {@link #join()}: so nothing is added after the last end.
   */
  private void end() {
    if (pending.decrementAndGet() == 0) done.countDown();
  }

  /** Waits for all work and throws the gravest of its failures, the others being suppressed. */
  void join() throws InterruptedException {
    end();
    done.await();
    var gravest = failures.stream().max(Comparator.comparingInt(Stage::gravity)).orElse(null);
    switch (gravest) {
      case null -> {}
      case RuntimeException failure -> throw failure;
      case InterruptedException interrupt -> throw interrupt;
      case Error error -> throw error;
      default -> throw new IllegalStateException(gravest);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }

  /** A run that is to end hears it everywhere at the end of the page under way. */
  private static boolean makesTheRestPointless(Throwable failure) {
    return gravity(failure) >= HOPELESS && !(failure instanceof StopSignal.Stopped);
  }

  private static final int HOPELESS = 5;

  private static int gravity(Throwable failure) {
    return switch (failure) {
      case FenceLost _ -> 9;
      case StopSignal.Stopped _ -> 8;
      case SourceFailure source ->
          switch (source) {
            case CredentialsRejected _, WrongProduct _ -> 7;
            case RequestRefused _, AccessDenied _ -> 4;
            case SourceUnavailable _, TooHeavy _, PositionExpired _ -> 3;
            case RateLimited _ -> 2;
          };
      case InterruptedException _ -> 1;
      default -> HOPELESS;
    };
  }
}
