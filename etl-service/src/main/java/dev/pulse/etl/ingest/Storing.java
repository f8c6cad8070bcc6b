package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Stores a page although the database stumbles. When a connection breaks during commit nobody knows
 * whether the page is stored; the checkpoint, read again, tells.
 */
@Component
class Storing {

  private static final Logger log = LoggerFactory.getLogger(Storing.class);
  private static final int ATTEMPTS = 5;

  private final PageStore pages;
  private final Checkpoints checkpoints;
  private final RunCounters counters;

  Storing(PageStore pages, Checkpoints checkpoints, RunCounters counters) {
    this.pages = pages;
    this.checkpoints = checkpoints;
    this.counters = counters;
  }

  PageResult save(RunScope run, Page page, Checkpoint to) throws InterruptedException {
    return doubtingIfRefused(
        how ->
            persist(
                () -> pages.save(run, page, to, how),
                () -> checkpoints.find(to.key()).version() == to.version()));
  }

  /** Whether a page of children is stored is told by how many of them the run has counted. */
  PageResult save(RunScope run, Page page, PageStore.Payment payment) throws InterruptedException {
    var stream = payment.stream();
    long before = attempt(() -> counters.pages(run, stream));
    return doubtingIfRefused(
        how ->
            persist(
                () -> pages.save(run, page, payment, before, how),
                () -> counters.pages(run, stream) == before + 1));
  }

  /** How many parents the run has paid all debts of. */
  long paid(RunScope run, String stream) throws InterruptedException {
    return attempt(() -> counters.paid(run, stream));
  }

  /** Notes that all debts of a stream are paid; doing it twice changes nothing. */
  void allPaid(RunScope run, String stream) throws InterruptedException {
    untilDone(() -> pages.allPaid(run, stream));
  }

  /** For what changes nothing if it is done twice. */
  static void untilDone(Runnable work) throws InterruptedException {
    attempt(
        () -> {
          work.run();
          return PageResult.NOTHING;
        });
  }

  private interface Work {
    PageResult write(Writing how) throws InterruptedException;
  }

  /** One row that PostgreSQL refuses must not keep out the page, and all pages after it. */
  private static PageResult doubtingIfRefused(Work work) throws InterruptedException {
    try {
      return work.write(Writing.TRUSTING);
    } catch (DataAccessException e) {
      if (Refusal.reason(e).isEmpty()) throw e;
      log.warn("PostgreSQL refuses a row of a page: it will be set aside");
      return work.write(Writing.DOUBTING);
    }
  }

  private static PageResult persist(Supplier<PageResult> save, Supplier<Boolean> stored)
      throws InterruptedException {
    var doubtful = new AtomicBoolean();
    return attempt(
        () -> {
          if (doubtful.get() && stored.get()) return PageResult.NOTHING;
          boolean again = doubtful.getAndSet(true);
          try {
            return save.get();
          } catch (FenceLost e) {
            // What was in doubt may have been committed only now.
            if (again && stored.get()) return PageResult.NOTHING;
            throw e;
          }
        });
  }

  private static <T> T attempt(Supplier<T> work) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (DataAccessException | TransactionException e) {
        if (attempt == ATTEMPTS || !passes(e)) throw e;
        log.info("Database stumbled, trying again: {}", e.getMessage());
        Thread.sleep(Duration.ofMillis(200L << attempt));
      }
    }
  }

  /** Broken connections, restarts, deadlocks and timeouts pass; wrong data does not. */
  private static boolean passes(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return switch (sql.getSQLState().substring(0, 2)) {
          case "08", "40", "53", "55", "57", "25" -> true;
          default -> false;
        };
      }
    }
    return failure instanceof TransactionException;
  }
}
