package dev.pulse.etl.platform.secret;

import dev.pulse.etl.platform.secret.SecretBox.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tokens that a source replaces each time they are used. What follows the token that a person
 * entered is stored, sealed, before anything is done with it, and shared by all nodes; only one of
 * them renews it at a time.
 *
 * <p>The answer of the source and the database cannot be one transaction. While the database does
 * not take a new token it is kept in memory and offered to it again. What is lost is a token that
 * was answered to a process that died before it was stored: then the source refuses the one before,
 * unless it is lenient for a while, and a person must enter another.
 */
@Component
public class RotatingTokens {

  private static final Logger log = LoggerFactory.getLogger(RotatingTokens.class);
  private static final String TABLE = "rotating_token";

  /** Besides a request: what it takes to store what was answered. */
  private static final Duration STORING = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration SPARE = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(180);

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final Clock clock;
  private final Duration deadline;
  private final Map<Long, Renewed> unsaved = new ConcurrentHashMap<>();
  private final ReentrantLock saving = new ReentrantLock();

  RotatingTokens(
      JdbcClient jdbc,
      SecretBox box,
      Clock clock,
      @Value("${pulse.sources.deadline:60s}") Duration deadline) {
    this.jdbc = jdbc;
    this.box = box;
    this.clock = clock;
    this.deadline = deadline;
  }

  /** How a source is asked for new tokens. */
  public interface Renewal {
    Renewed renew(Secret refreshToken) throws InterruptedException;
  }

  /** Somebody else renews a token, and is not ready in the time that a request may take. */
  public static final class BeingRenewed extends RuntimeException {
    BeingRenewed() {
      super("the token is being renewed by somebody else");
    }
  }

  /** What a source answered. */
  public record Renewed(Secret access, Secret refresh, Instant expiresAt) {}

  private record Row(
      long id, @Nullable String refresh, @Nullable String access, @Nullable Instant expiresAt) {}

  /**
   * A token that is good for a minute at least. Whoever is interrupted leaves a renewal that has
   * begun to its end: the source may have ended the old token already.
   *
   * @param entered as the person entered it
   * @param refused a token that the source has refused since it was given out here; null = none
   * @param renewal runs on a thread of its own
   * @throws BeingRenewed if somebody else has been at it for as long as a request may take
   */
  public Secret access(Secret entered, @Nullable Secret refused, Renewal renewal)
      throws InterruptedException {
    var name = hash(entered);
    var patience = System.nanoTime() + deadline.toNanos();
    while (true) {
      var row = row(name);
      var waiting = unsaved.get(row.id);
      if (waiting != null) {
        undisturbed(() -> save(row.id, waiting));
        continue;
      }
      var good = good(row, refused);
      if (good.isEmpty()) good = undisturbed(() -> claimed(name, entered, refused, renewal));
      if (good.isPresent()) return good.get();
      if (System.nanoTime() - patience > 0) throw new BeingRenewed();
      Thread.sleep(PATIENCE);
    }
  }

  /** Whether anything is kept that followed a token. */
  public boolean follows(Secret entered) {
    return find(hash(entered)).isPresent();
  }

  /** Forgets what followed a token that nobody has entered any more. */
  public void forget(Secret entered) {
    jdbc.sql("delete from rotating_token where entered = ?").param(hash(entered)).update();
  }

  private interface Work<T> {
    T done() throws InterruptedException;
  }

  /**
   * Works on a thread that nobody interrupts. An interrupt closes the connection to the database,
   * also after a claim has arrived there: it would keep everybody waiting.
   */
  private static <T> T undisturbed(Work<T> work) throws InterruptedException {
    var context = MDC.getCopyOfContextMap();
    var task =
        new FutureTask<>(
            () -> {
              if (context != null) MDC.setContextMap(context);
              return work.done();
            });
    Thread.ofVirtual().name("token-renewal").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case InterruptedException interrupt -> throw interrupt;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Renews the token if nobody else is at it; empty if somebody is. */
  private Optional<Secret> claimed(
      String name, Secret entered, @Nullable Secret refused, Renewal renewal)
      throws InterruptedException {
    var row = row(name);
    if (!claim(row.id)) return Optional.empty();
    boolean answered = false;
    try {
      var now = row(name); // somebody may have renewed it between the look and the claim
      var good = good(now, refused);
      if (good.isPresent()) return good;
      var refresh = now.refresh == null ? entered : open(now.id, "refresh", now.refresh);
      var renewed = renewal.renew(refresh);
      answered = true;
      unsaved.put(now.id, renewed);
      save(now.id, renewed);
      return Optional.of(renewed.access);
    } finally {
      if (!answered) release(row.id); // else it is free once the answer is stored
    }
  }

  private Optional<Secret> good(Row row, @Nullable Secret refused) {
    if (row.access == null || row.expiresAt == null) return Optional.empty();
    if (row.expiresAt.isBefore(clock.instant().plus(SPARE))) return Optional.empty();
    var access = open(row.id, "access", row.access);
    return refused != null && refused.reveal().equals(access.reveal())
        ? Optional.empty()
        : Optional.of(access);
  }

  /** Stores an answer once: a second time might come after the answer that followed it. */
  private boolean save(long id, Renewed renewed) throws InterruptedException {
    saving.lock();
    try {
      return renewed.equals(unsaved.get(id)) && store(id, renewed);
    } finally {
      saving.unlock();
    }
  }

  private boolean store(long id, Renewed renewed) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        jdbc.sql(
                """
                update rotating_token
                   set refresh_token = ?, access_token = ?, expires_at = ?, claimed_until = null,
                       used_at = clock_timestamp()
                 where id = ?
                """)
            .params(
                box.seal(renewed.refresh, new Place(TABLE, id, "refresh")),
                box.seal(renewed.access, new Place(TABLE, id, "access")),
                Timestamp.from(renewed.expiresAt),
                id)
            .update();
        return unsaved.remove(id, renewed);
      } catch (DataAccessException e) {
        if (attempt == 5) throw e;
        log.warn("A renewed token is not stored yet: {}", e.getMessage());
        Thread.sleep(PATIENCE.multipliedBy(1L << attempt));
      }
    }
  }

  private boolean claim(long id) {
    return jdbc.sql(
                """
                update rotating_token
                   set claimed_until = clock_timestamp() + ? * interval '1 millisecond'
                 where id = ? and (claimed_until is null or claimed_until < clock_timestamp())
                """)
            .params(deadline.plus(STORING).toMillis(), id)
            .update()
        == 1;
  }

  private void release(long id) {
    jdbc.sql("update rotating_token set claimed_until = null where id = ?").param(id).update();
  }

  private Row row(String name) {
    var found = find(name);
    if (found.isPresent()) return found.get();
    jdbc.sql("delete from rotating_token where used_at < clock_timestamp() - ? * interval '1 day'")
        .param(FORGOTTEN_AFTER.toDays())
        .update();
    jdbc.sql("insert into rotating_token (entered) values (?) on conflict do nothing")
        .param(name)
        .update();
    return find(name).orElseThrow();
  }

  private Optional<Row> find(String name) {
    return jdbc.sql(
            """
            select id, refresh_token, access_token, expires_at
            from rotating_token
            where entered = ?
            """)
        .param(name)
        .query(
            (row, number) -> {
              var expires = row.getTimestamp("expires_at");
              return new Row(
                  row.getLong("id"),
                  row.getString("refresh_token"),
                  row.getString("access_token"),
                  expires == null ? null : expires.toInstant());
            })
        .optional();
  }

  private Secret open(long id, String name, String sealed) {
    return box.open(sealed, new Place(TABLE, id, name));
  }

  /** The token itself is nowhere but in its connection. */
  private static String hash(Secret entered) {
    try {
      var bytes = entered.reveal().strip().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
