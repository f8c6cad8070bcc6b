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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  /** Longer than a request can take. */
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration SPARE = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(180);

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final Clock clock;
  private final Map<Long, Renewed> unsaved = new ConcurrentHashMap<>();

  RotatingTokens(JdbcClient jdbc, SecretBox box, Clock clock) {
    this.jdbc = jdbc;
    this.box = box;
    this.clock = clock;
  }

  /** How a source is asked for new tokens. */
  public interface Renewal {
    Renewed renew(Secret refreshToken) throws InterruptedException;
  }

  /** What a source answered. */
  public record Renewed(Secret access, Secret refresh, Instant expiresAt) {}

  private record Row(
      long id, @Nullable String refresh, @Nullable String access, @Nullable Instant expiresAt) {}

  /**
   * A token that is good for a minute at least.
   *
   * @param entered as the person entered it
   * @param refused a token that the source has refused since it was given out here; null = none
   */
  public Secret access(Secret entered, @Nullable Secret refused, Renewal renewal)
      throws InterruptedException {
    var name = hash(entered);
    while (true) {
      var row = row(name);
      var waiting = unsaved.get(row.id);
      if (waiting != null) {
        save(row.id, waiting);
        continue;
      }
      var good = good(row, refused);
      if (good.isPresent()) return good.get();
      if (claim(row.id)) {
        // somebody may have renewed it between the look and the claim
        var now = row(name);
        good = good(now, refused);
        if (good.isEmpty()) return renew(now, entered, renewal);
        release(row.id);
        return good.get();
      }
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

  private Secret renew(Row row, Secret entered, Renewal renewal) throws InterruptedException {
    Renewed renewed;
    try {
      var refresh = row.refresh == null ? entered : open(row.id, "refresh", row.refresh);
      renewed = renewal.renew(refresh);
    } catch (InterruptedException | RuntimeException e) {
      release(row.id);
      throw e;
    }
    unsaved.put(row.id, renewed);
    save(row.id, renewed);
    return renewed.access;
  }

  private Optional<Secret> good(Row row, @Nullable Secret refused) {
    if (row.access == null || row.expiresAt == null) return Optional.empty();
    if (row.expiresAt.isBefore(clock.instant().plus(SPARE))) return Optional.empty();
    var access = open(row.id, "access", row.access);
    return refused != null && refused.reveal().equals(access.reveal())
        ? Optional.empty()
        : Optional.of(access);
  }

  private void save(long id, Renewed renewed) throws InterruptedException {
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
        unsaved.remove(id, renewed);
        return;
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
            .params(CLAIM.toMillis(), id)
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
