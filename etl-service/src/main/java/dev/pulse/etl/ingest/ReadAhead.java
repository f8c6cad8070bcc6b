package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads the next page on a thread of its own; closing it ends a read that is under way. */
final class ReadAhead implements AutoCloseable {

  private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable Future<Read> pending;

  /** A page, and the checkpoint it was read from. */
  record Read(Checkpoint from, Page page) {}

  interface Reading {
    Read read() throws InterruptedException;
  }

  void begin(Reading reading) {
    pending = thread.submit(reading::read);
  }

  /** The page begun last; a failure of the read is thrown here. */
  Read await() throws InterruptedException {
    if (pending == null) throw new IllegalStateException("nothing was begun");
    try {
      return pending.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case InterruptedException interrupt -> throw interrupt;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    thread.close();
  }
}
