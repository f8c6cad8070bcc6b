package dev.pulse.etl.platform.http;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Bounds the body bytes that are held at once, over all streams: what has been read and not stored
 * yet. A read begins only while less than the bound is held, so the most that can be held is the
 * bound and one page per reader.
 */
@Component
public class InFlight {

  private static final ScopedValue<Held> CURRENT = ScopedValue.newInstance();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final long max;
  private long held;

  public InFlight(@Value("${pulse.ingest.max-in-flight:64MB}") DataSize max) {
    if (max.toBytes() < 1) {
      throw new IllegalArgumentException("pulse.ingest.max-in-flight must be more than nothing");
    }
    this.max = max.toBytes();
  }

  /** A read that may be interrupted. */
  public interface Read<T> {
    T read() throws InterruptedException;
  }

  /** The bytes of one page; closing gives them back. */
  public final class Held implements AutoCloseable {
    private long bytes;

    private Held() {}

    private void add(long more) {
      lock.lock();
      try {
        bytes += more;
        held += more;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        held -= bytes;
        bytes = 0;
        room.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits until there is room for another page. */
  public Held open() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (held >= max) room.await();
      return new Held();
    } finally {
      lock.unlock();
    }
  }

  /** Reads; the bodies that this thread receives meanwhile count as {@code held}. */
  public <T> T read(Held held, Read<T> read) throws InterruptedException {
    return ScopedValue.where(CURRENT, held).<T, InterruptedException>call(read::read);
  }

  /** Body bytes held now. */
  public long heldBytes() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  static void received(int bytes) {
    if (CURRENT.isBound()) CURRENT.get().add(bytes);
  }
}
