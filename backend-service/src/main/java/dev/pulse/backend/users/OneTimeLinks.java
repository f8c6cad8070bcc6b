package dev.pulse.backend.users;

import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.PublicAddress;
import dev.pulse.backend.platform.SecretText;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Links that let their bearer choose a password, once. A new one makes the one before void. */
@Service
public class OneTimeLinks {

  private static final int BITS = 256;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final PublicAddress address;
  private final Clock clock;
  private final Duration lifetime;

  /** {@code pulse.auth.link-lifetime}: how long a link may be used. */
  OneTimeLinks(
      JdbcClient jdbc,
      Audit audit,
      PublicAddress address,
      Clock clock,
      @Value("${pulse.auth.link-lifetime:24h}") Duration lifetime) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.address = address;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /**
   * To be handed to the user by whoever asked for it; it is shown this once.
   *
   * @param url the secret is behind the #, which browsers do not send and servers do not log
   */
  public record Link(URI url, Instant expiresAt) {}

  @Transactional
  public Link make(long userId) {
    var token = SecretText.random(BITS);
    var expiresAt = clock.instant().plus(lifetime);
    jdbc.sql(
            """
            insert into one_time_link (user_id, token_hash, expires_at)
            values (:user, :hash, :expires)
            on conflict (user_id) do update
               set token_hash = excluded.token_hash, expires_at = excluded.expires_at
            """)
        .param("user", userId)
        .param("hash", SecretText.sha256(token))
        .param("expires", Moments.sql(expiresAt))
        .update();
    audit.record("user.link", Target.of("user", userId), null, Map.of("expiresAt", expiresAt));
    return new Link(address.page("/welcome#" + token), expiresAt);
  }

  /** Whose link it is, if it is still good. */
  @Transactional(readOnly = true)
  public OptionalLong find(String token) {
    return id(
        """
        select user_id
        from one_time_link
        where token_hash = :hash and expires_at > :now
        """,
        token);
  }

  /**
   * Uses the link up, in the transaction of what it allows. Of two at once one is told its user.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public OptionalLong use(String token) {
    return id(
        """
        delete from one_time_link
        where token_hash = :hash and expires_at > :now
        returning user_id
        """,
        token);
  }

  private OptionalLong id(String sql, String token) {
    return jdbc
        .sql(sql)
        .param("hash", SecretText.sha256(token))
        .param("now", Moments.sql(clock.instant()))
        .query(Long.class)
        .optional()
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }
}
