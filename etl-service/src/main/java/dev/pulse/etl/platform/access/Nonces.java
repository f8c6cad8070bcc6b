package dev.pulse.etl.platform.access;

import dev.pulse.etl.platform.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The signed changes that were accepted lately, on all nodes: each is accepted once. */
@Component
class Nonces {

  private static final Logger log = LoggerFactory.getLogger(Nonces.class);
  private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final AtomicLong tidiedAt = new AtomicLong();

  Nonces(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Takes note of a nonce.
   *
   * @return whether it is the first time
   * @throws Problem 503 if nobody can tell, since the database does not answer
   */
  boolean accept(String keyId, String nonce, Instant worthlessFrom) {
    try {
      boolean first =
          jdbc.sql(
                      """
                      insert into request_nonce (key_id, nonce, kept_until)
                      values (?, ?, ?)
                      on conflict do nothing
                      """)
                  .params(keyId, nonce, worthlessFrom.atOffset(ZoneOffset.UTC))
                  .update()
              > 0;
      tidy();
      return first;
    } catch (DataAccessException | TransactionException e) {
      log.warn("A signed change is refused, since nobody can tell whether it is the first", e);
      throw new Problem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "DATABASE_AWAY",
          "The database does not answer",
          "Nobody can tell whether this change was accepted before.",
          "Try again in a moment.",
          List.of());
    }
  }

  /** In passing, so that nothing of it needs a timer. */
  private void tidy() {
    long now = clock.millis();
    long last = tidiedAt.get();
    boolean due = now - last >= TIDY_EVERY.toMillis() && tidiedAt.compareAndSet(last, now);
    if (due) forget();
  }

  /** Forgets those of requests that are stale by now. */
  void forget() {
    jdbc.sql("delete from request_nonce where kept_until < clock_timestamp()").update();
  }
}
