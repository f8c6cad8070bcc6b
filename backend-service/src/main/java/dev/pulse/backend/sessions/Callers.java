package dev.pulse.backend.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.Caller.Browser;
import dev.pulse.backend.access.Caller.Duty;
import dev.pulse.backend.access.Caller.Script;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.SecretText;
import dev.pulse.model.Permission;
import dev.pulse.model.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Who a session or a script token stands for, and what they may do at this moment: read from the
 * database, not from the token, so that an end or another role counts within {@link
 * SessionSettings#recheck}.
 */
@Service
public class Callers {

  private static final int MOST_REMEMBERED = 20_000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final SessionSettings settings;
  private final SecondFactorSettings secondFactor;
  private final Cache<String, Optional<Known>> known;

  Callers(
      JdbcClient jdbc, Clock clock, SessionSettings settings, SecondFactorSettings secondFactor) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings;
    this.secondFactor = secondFactor;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(settings.recheck())
            .build();
  }

  /** A caller, and until when that holds. */
  private record Known(Caller caller, Instant until) {}

  /** Who has this session, if it is alive. */
  public Optional<Caller> ofSession(String sessionId) {
    return remembered("session " + sessionId, () -> readSession(sessionId));
  }

  /** Who has this script token, if it is good. */
  public Optional<Caller> ofScript(String token) {
    var hash = SecretText.sha256(token);
    var key = "script " + Base64.getEncoder().encodeToString(hash);
    return remembered(key, () -> readScript(hash));
  }

  /**
   * Whether a caller is still there with the same rights, for what goes on without being asked
   * again. Looking is no use of the session: a page that is left open keeps nobody signed in.
   */
  public boolean isStill(Caller caller) {
    var found =
        switch (caller.proof()) {
          case Browser(var session) -> findSession(session);
          case Script(var token) -> findScript("t.id = :key", token);
        };
    return found.map(Known::caller).filter(caller::equals).isPresent();
  }

  /** Something has changed on this node: it counts at once. */
  public void recheck() {
    known.invalidateAll();
  }

  private interface Reading {
    Optional<Known> read();
  }

  private Optional<Caller> remembered(String key, Reading reading) {
    var caller = known.getIfPresent(key);
    if (caller == null) {
      caller = reading.read(); // two may read the same at once: better than to wait for each other
      known.put(key, caller);
    }
    return caller.filter(found -> found.until().isAfter(clock.instant())).map(Known::caller);
  }

  private Optional<Known> readSession(String id) {
    var found = findSession(id);
    if (found.isPresent()) noteUse(id, clock.instant());
    return found;
  }

  private Optional<Known> findSession(String id) {
    var now = clock.instant();
    return jdbc.sql(
            """
            select s.user_id, u.role, u.connections, u.password_temporary, s.expires_at,
              exists (select from second_factor f where f.user_id = u.id and f.confirmed_at is not null)
                as second_factor
            from login_session s
            join user_account u on u.id = s.user_id
            where s.id = :id and s.ended_at is null and u.active
              and s.expires_at > :now and s.last_used_at > :idleSince
            """)
        .param("id", id)
        .param("now", Moments.sql(now))
        .param("idleSince", Moments.sql(now.minus(settings.idle())))
        .query((row, n) -> session(row, id))
        .optional();
  }

  private Known session(ResultSet row, String id) throws SQLException {
    var role = Role.valueOf(row.getString("role"));
    var caller =
        new Caller(
            row.getLong("user_id"),
            role.permissions(),
            connections(row),
            new Browser(id),
            owes(row, role));
    return new Known(caller, Moments.read(row, "expires_at"));
  }

  private @Nullable Duty owes(ResultSet row, Role role) throws SQLException {
    if (row.getBoolean("password_temporary")) return Duty.CHOOSE_PASSWORD;
    return secondFactor.isRequiredOf(role) && !row.getBoolean("second_factor")
        ? Duty.SET_UP_SECOND_FACTOR
        : null;
  }

  private void noteUse(String id, Instant now) {
    jdbc.sql(
            """
            update login_session
               set last_used_at = :now
             where id = :id and ended_at is null and last_used_at < :noted
            """)
        .param("now", Moments.sql(now))
        .param("id", id)
        .param("noted", Moments.sql(now.minus(SessionSettings.USE_NOTED)))
        .update();
  }

  private Optional<Known> readScript(byte[] hash) {
    var found = findScript("t.token_hash = :key", hash);
    if (found.isPresent()) noteUse(hash, clock.instant());
    return found;
  }

  private Optional<Known> findScript(String which, Object key) {
    return jdbc.sql(
            """
            select t.id, t.user_id, t.permissions, t.expires_at, u.role, u.connections
            from script_token t
            join user_account u on u.id = t.user_id
            where t.revoked_at is null and t.expires_at > :now
              and u.active and not u.password_temporary and
            """
                + which)
        .param("key", key)
        .param("now", Moments.sql(clock.instant()))
        .query((row, n) -> script(row))
        .optional();
  }

  /** What the token was given, as far as its user still has it. */
  private static Known script(ResultSet row) throws SQLException {
    var permissions = EnumSet.noneOf(Permission.class);
    Arrays.stream((String[]) row.getArray("permissions").getArray())
        .flatMap(key -> Permission.find(key).stream())
        .forEach(permissions::add);
    permissions.retainAll(Role.valueOf(row.getString("role")).permissions());
    var caller =
        new Caller(
            row.getLong("user_id"),
            permissions,
            connections(row),
            new Script(row.getLong("id")),
            null);
    return new Known(caller, Moments.read(row, "expires_at"));
  }

  private void noteUse(byte[] hash, Instant now) {
    jdbc.sql(
            """
            update script_token
               set last_used_at = :now
             where token_hash = :hash and (last_used_at is null or last_used_at < :noted)
            """)
        .param("now", Moments.sql(now))
        .param("hash", hash)
        .param("noted", Moments.sql(now.minus(SessionSettings.USE_NOTED)))
        .update();
  }

  private static @Nullable List<Long> connections(ResultSet row) throws SQLException {
    var array = row.getArray("connections");
    return array == null ? null : List.of((Long[]) array.getArray());
  }
}
