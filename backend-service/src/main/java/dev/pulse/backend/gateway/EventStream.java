package dev.pulse.backend.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One browser that listens. What comes is handed on at once, and nothing is kept but a few parts: a
 * browser that does not read holds up etl-service, which then leaves it. Every two seconds it is
 * looked whether the browser is still there, and still may listen.
 */
final class EventStream {

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int PART = 8 * 1024;
  private static final int PARTS_AHEAD = 16;
  private static final byte[] END = new byte[0];
  private static final byte[] COMMENT = {':', '\n'};

  private final EtlAnswer answer;
  private final BooleanSupplier stillMay;
  private final BlockingQueue<byte[]> parts = new ArrayBlockingQueue<>(PARTS_AHEAD);
  private byte last = '\n';

  EventStream(EtlAnswer answer, BooleanSupplier stillMay) {
    this.answer = answer;
    this.stillMay = stillMay;
  }

  /** Goes on until one of both sides goes, or the caller may listen no longer. */
  void copyTo(HttpServletResponse response) {
    var reader = Thread.ofVirtual().name("etl-events").start(this::read);
    try {
      response.flushBuffer(); // the browser learns that it is connected
      copy(response.getOutputStream());
    } catch (IOException e) {
      log.debug("The browser has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answer.close(); // wakes the reader if it waits for etl-service
      reader.interrupt(); // or for room
    }
  }

  /** Ends it from outside, as if etl-service had. */
  void end() {
    answer.close();
  }

  private void copy(OutputStream browser) throws IOException, InterruptedException {
    long looked = System.nanoTime();
    while (true) {
      long wait = BETWEEN_LOOKS.toNanos() - (System.nanoTime() - looked);
      var part = parts.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
      if (part != null && part.length == 0) return;
      if (part != null) write(browser, part);
      if (System.nanoTime() - looked >= BETWEEN_LOOKS.toNanos()) {
        if (!may()) return;
        // only what is written tells whether anybody is there; between lines it means nothing
        if (last == '\n') write(browser, COMMENT);
        looked = System.nanoTime();
      }
    }
  }

  private void write(OutputStream browser, byte[] part) throws IOException {
    browser.write(part);
    browser.flush();
    last = part[part.length - 1];
  }

  /** Who cannot be looked up may not. */
  private boolean may() {
    try {
      return stillMay.getAsBoolean();
    } catch (DataAccessException | TransactionException e) {
      log.warn("A stream ends, because it cannot be said whether it may go on", e);
      return false;
    }
  }

  private void read() {
    try {
      var part = new byte[PART];
      var body = answer.body();
      for (int got = body.read(part); got >= 0; got = body.read(part)) {
        if (got > 0) parts.put(Arrays.copyOf(part, got));
      }
      parts.put(END);
    } catch (IOException e) {
      log.debug("etl-service has gone", e);
      endWhenRead();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endWhenRead() {
    try {
      parts.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
