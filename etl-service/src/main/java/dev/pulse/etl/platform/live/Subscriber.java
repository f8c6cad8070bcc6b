package dev.pulse.etl.platform.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client that listens. Costs no thread: what its connection does not take waits in a bounded
 * queue, and is written when the container says that it would be taken.
 *
 * <p>One thread at a time writes; others leave it their work and go on. Only when the connection
 * has broken does the container wait for it: the request would otherwise be recycled, and serve
 * somebody else, while it is still being written to.
 */
final class Subscriber implements WriteListener, AsyncListener {

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Interest interest;
  private final int backlog;
  private final BiConsumer<Subscriber, String> gone;
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger length = new AtomicInteger();
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicReference<@Nullable String> ending = new AtomicReference<>();
  private volatile boolean welcome;
  private volatile boolean writable;
  private final Lock writing = new ReentrantLock();
  private volatile boolean broken;
  private boolean unflushed;
  private boolean completed;

  /**
   * A subscriber of a request whose asynchronous processing has begun.
   *
   * @param gone is told once, when it has ended, with the reason
   */
  Subscriber(
      AsyncContext context, Interest interest, int backlog, BiConsumer<Subscriber, String> gone)
      throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.interest = interest;
    this.backlog = backlog;
    this.gone = gone;
  }

  void begin() {
    context.addListener(this);
    out.setWriteListener(this);
  }

  Interest interest() {
    return interest;
  }

  /** Whether it knows how things stand, and so can make sense of changes. */
  boolean isWelcome() {
    return welcome;
  }

  void welcome(LiveEvent snapshot) {
    send(snapshot);
    welcome = true;
  }

  /** Returns at once, whatever the client does. */
  void send(LiveEvent event) {
    if (ending.get() != null || !event.concerns(interest.jobs())) return;
    if (length.incrementAndGet() > backlog) {
      end("it is too slow: %d events wait for it".formatted(backlog));
      return;
    }
    waiting.add(event.bytes());
    write();
  }

  /** Ends the stream, as soon as nobody writes to it. */
  void end(String why) {
    if (!ending.compareAndSet(null, why)) return;
    gone.accept(this, why);
    write();
  }

  @Override
  public void onWritePossible() {
    writable = true;
    write();
  }

  @Override
  public void onError(Throwable failure) {
    broke(failure);
    alone(() -> {});
  }

  /** Whatever broke: only here, and on this thread, the container lets the request be completed. */
  @Override
  public void onError(AsyncEvent event) {
    broke(event.getThrowable());
    alone(this::complete);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end("the container timed it out");
  }

  @Override
  public void onComplete(AsyncEvent event) {
    alone(() -> completed = true);
    end("it has been completed");
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}

  private void write() {
    if (work.getAndIncrement() > 0) return; // somebody is at it, and will look again
    int seen = 1;
    do {
      alone(this::writeWhatIsTaken);
      seen = work.addAndGet(-seen);
    } while (seen > 0);
  }

  private void writeWhatIsTaken() {
    if (!writable || broken || completed) return;
    try {
      while (ending.get() == null && out.isReady()) {
        var next = waiting.poll();
        if (next != null) {
          length.decrementAndGet();
          out.write(next);
          unflushed = true;
        } else if (unflushed) {
          unflushed = false;
          out.flush();
        } else {
          return;
        }
      }
    } catch (IOException e) {
      broke(e);
    } catch (RuntimeException e) { // whoever tells goes on, whatever the container thinks of it
      end("it cannot be written to: " + e);
    }
    if (ending.get() != null && !broken) complete();
  }

  private void broke(Throwable failure) {
    broken = true;
    end("its connection broke: " + failure);
  }

  /** While nobody else writes, or completes it. */
  private void alone(Runnable work) {
    writing.lock();
    try {
      work.run();
    } finally {
      writing.unlock();
    }
  }

  private void complete() {
    waiting.clear();
    if (completed) return;
    completed = true;
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // the container has done so
    }
  }
}
