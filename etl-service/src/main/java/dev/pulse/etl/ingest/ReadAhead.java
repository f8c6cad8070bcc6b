package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.platform.http.InFlight;
import io.opentelemetry.context.Context;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Reads the next page on a thread of its own, once there is room in memory for it; closing it ends
 * a read that is under way and drops a page that nobody took.
 */
final class ReadAhead implements AutoCloseable {

  private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
  private final InFlight inFlight;
  private @Nullable Future<Taken> pending;

  ReadAhead(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /** A page, and the checkpoint it was read from. */
  record Read(Checkpoint from, Page page) {}

  /** A read page; closing it, once it is stored or dropped, makes room for others. */
  record Taken(Read read, InFlight.Held held) implements AutoCloseable {
    @Override
    public void close() {
      held.close();
    }
  }

  interface Reading {
    Read read() throws InterruptedException;
  }

  void begin(Reading reading) {
    var whose = MDC.getCopyOfContextMap();
    var within = Context.current();
    pending =
        thread.submit(
            () -> {
              if (whose != null) MDC.setContextMap(whose);
              try (var _ = within.makeCurrent()) {
                return take(reading);
              }
            });
  }

  private Taken take(Reading reading) throws InterruptedException {
    var held = inFlight.open();
    try {
      return new Taken(inFlight.read(held, reading::read), held);
    } catch (Throwable e) {
      held.close();
      throw e;
    }
  }

  /** The page begun last; a failure of the read is thrown here. */
  Taken await() throws InterruptedException {
    if (pending == null) throw new IllegalStateException("nothing was begun");
    try {
      var taken = pending.get();
      pending = null;
      return taken;
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
    if (pending != null && pending.state() == Future.State.SUCCESS) pending.resultNow().close();
  }
}
