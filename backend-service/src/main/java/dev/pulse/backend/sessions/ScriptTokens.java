package dev.pulse.backend.sessions;

import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.SecretText;
import dev.pulse.backend.users.AccessWithdrawn;
import dev.pulse.model.Permission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens by which programs act for a user, with a part of what the user may do, for a while. */
@Service
public class ScriptTokens {

  /** By which scanners of published code recognise a token that has leaked. */
  public static final String PREFIX = "pulse_pat_";

  private static final int BITS = 256;
  private static final int HINT_LENGTH = 4;
  private static final String COLUMNS =
      """
      id, name, hint, permissions, created_at, expires_at, last_used_at
      """;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  ScriptTokens(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A token, without its secret.
   *
   * @param hint its last characters
   * @param permissions their keys; never more than the user has at the time of use
   */
  public record ScriptToken(
      long id,
      String name,
      String hint,
      List<String> permissions,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant lastUsedAt) {

    public ScriptToken {
      permissions = List.copyOf(permissions);
    }
  }

  /** A token that was made, and its secret: it is shown this once. */
  public record Made(ScriptToken token, String secret) {}

  @Transactional
  public Made make(long userId, String name, Set<Permission> permissions, Duration lifetime) {
    var secret = PREFIX + SecretText.random(BITS);
    var now = clock.instant();
    var made =
        jdbc.sql(
                """
                insert into script_token (user_id, name, token_hash, hint, permissions, created_at, expires_at)
                values (:user, :name, :hash, :hint, :permissions, :now, :expires)
                returning
                """
                    + COLUMNS)
            .param("user", userId)
            .param("name", name)
            .param("hash", SecretText.sha256(secret))
            .param("hint", secret.substring(secret.length() - HINT_LENGTH))
            .param("permissions", permissions.stream().map(Permission::key).toArray(String[]::new))
            .param("now", Moments.sql(now))
            .param("expires", Moments.sql(now.plus(lifetime)))
            .query(ScriptTokens::read)
            .single();
    audit.record("token.create", Target.of("token", made.id()), null, made);
    return new Made(made, secret);
  }

  /** Those of a user that are good, the latest first. */
  @Transactional(readOnly = true)
  public List<ScriptToken> list(long userId) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from script_token
                where user_id = :user and revoked_at is null and expires_at > :now
                order by id desc
                limit 200
                """)
        .param("user", userId)
        .param("now", Moments.sql(clock.instant()))
        .query(ScriptTokens::read)
        .list();
  }

  /** Makes one token of a user void; whether it was there. */
  @Transactional
  public boolean revoke(long userId, long id) {
    int revoked =
        jdbc.sql(
                """
                update script_token
                   set revoked_at = ?
                 where id = ? and user_id = ? and revoked_at is null
                """)
            .params(Moments.sql(clock.instant()), id, userId)
            .update();
    if (revoked > 0) audit.record("token.revoke", Target.of("token", id), null, null);
    return revoked > 0;
  }

  /** Makes all tokens of a user void. */
  @Transactional
  public int revokeAll(long userId) {
    int revoked =
        jdbc.sql("update script_token set revoked_at = ? where user_id = ? and revoked_at is null")
            .params(Moments.sql(clock.instant()), userId)
            .update();
    if (revoked > 0) {
      audit.record("token.revoke-all", Target.of("user", userId), null, Map.of("tokens", revoked));
    }
    return revoked;
  }

  @EventListener
  @Transactional
  void withdrawn(AccessWithdrawn event) {
    revokeAll(event.userId());
  }

  private static ScriptToken read(ResultSet row, int number) throws SQLException {
    return new ScriptToken(
        row.getLong("id"),
        row.getString("name"),
        row.getString("hint"),
        List.of((String[]) row.getArray("permissions").getArray()),
        Moments.read(row, "created_at"),
        Moments.read(row, "expires_at"),
        Moments.readNullable(row, "last_used_at"));
  }
}
