package dev.pulse.backend.auth;

import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.SecretText;
import dev.pulse.model.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Slows guessing down. An attempt is paid for before the password is looked at, in every bucket
 * that it belongs to; a right password gets the payment back. A bucket leaks, so nothing is locked
 * for ever, and whoever is refused pays nothing, so nobody can keep others out by trying on.
 */
@Service
class Throttle {

  private static final ProblemKind TOO_MANY =
      new ProblemKind(
          429,
          "TOO_MANY_ATTEMPTS",
          "Too many wrong passwords",
          "Wait as long as Retry-After says.");

  private static final Duration OLD = Duration.ofDays(2);

  private final JdbcClient jdbc;
  private final Clock clock;

  Throttle(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Attempts that have something in common.
   *
   * @param key what that is; hashed, since it may be a password typed into the wrong field
   * @param free how many are let through without delay; each one more doubles it, from a second
   * @param longest delay
   * @param leaksEvery after this time there is room for one more
   */
  record Bucket(String key, int free, Duration longest, Duration leaksEvery) {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** Somebody at one place who guesses at one account. */
    static Bucket ofAccountAt(String email, String network) {
      return new Bucket(hashed("pair " + email + " " + network), 5, QUARTER, QUARTER);
    }

    /** Many places that guess at one account. */
    static Bucket ofAccount(String email) {
      return new Bucket(hashed("account " + email), 20, QUARTER, QUARTER);
    }

    /** One place that guesses at many accounts. */
    static Bucket ofNetwork(String network) {
      return new Bucket(hashed("network " + network), 30, QUARTER, Duration.ofMinutes(1));
    }

    /** All places and all accounts: slow spraying. */
    static Bucket ofEverybody() {
      return new Bucket("everybody", 200, Duration.ofSeconds(5), Duration.ofMillis(500));
    }

    /** A browser that its user has signed in from before. */
    static Bucket ofDevice(String device) {
      return new Bucket(hashed("device " + device), 10, QUARTER, QUARTER);
    }

    private static String hashed(String key) {
      return HexFormat.of().formatHex(SecretText.sha256(key));
    }
  }

  /**
   * Pays for an attempt in all buckets, or in none.
   *
   * @throws Problem with the time to wait if one of them has to rest
   */
  @Transactional
  public void pay(List<Bucket> buckets) {
    var now = clock.instant();
    sorted(buckets).forEach(bucket -> pay(bucket, now));
  }

  /** Gives back what was paid for one attempt. */
  @Transactional
  public void giveBack(List<Bucket> buckets) {
    for (var bucket : sorted(buckets)) {
      jdbc.sql(
              """
              update login_throttle
                 set level = greatest(0, level - 1), blocked_until = :now
               where key = :key
              """)
          .param("now", Moments.sql(clock.instant()))
          .param("key", bucket.key())
          .update();
    }
  }

  /** Forgets what was paid: it was the user who had mistyped. */
  @Transactional
  public void forget(List<Bucket> buckets) {
    for (var bucket : sorted(buckets)) {
      jdbc.sql("delete from login_throttle where key = ?").param(bucket.key()).update();
    }
  }

  /** Removes what has leaked away long ago. */
  @Transactional
  public int forgetOld() {
    return jdbc.sql("delete from login_throttle where last_at < ?")
        .param(Moments.sql(clock.instant().minus(OLD)))
        .update();
  }

  private void pay(Bucket bucket, Instant now) {
    int paid =
        jdbc.sql(
                """
                insert into login_throttle as t (key, level, last_at, blocked_until)
                values (:key, 1, :now, :now)
                on conflict (key) do update
                   set (level, last_at, blocked_until) = (
                     select filled.level, :now, :now + make_interval(secs =>
                       case when filled.level > :free
                         then least(power(2, least(ceil(filled.level - :free) - 1, 30)), :longest)
                         else 0 end)
                     from (select 1 + greatest(0, t.level
                       - extract(epoch from cast(:now as timestamptz) - t.last_at) / :leaks) as level) filled)
                 where t.blocked_until <= :now
                """)
            .param("key", bucket.key())
            .param("now", Moments.sql(now))
            .param("free", (double) bucket.free())
            .param("longest", (double) bucket.longest().toSeconds())
            .param("leaks", bucket.leaksEvery().toMillis() / 1000.0)
            .update();
    if (paid == 0) throw Problem.later(TOO_MANY, "Nothing was checked.", rest(bucket, now));
  }

  private Duration rest(Bucket bucket, Instant now) {
    var until =
        jdbc.sql("select blocked_until from login_throttle where key = ?")
            .param(bucket.key())
            .query(OffsetDateTime.class)
            .single();
    return Duration.between(now, until.toInstant());
  }

  /** In one order, so that two attempts never wait for each other. */
  private static List<Bucket> sorted(List<Bucket> buckets) {
    return buckets.stream().sorted(Comparator.comparing(Bucket::key)).toList();
  }
}
