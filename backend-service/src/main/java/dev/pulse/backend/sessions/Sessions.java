package dev.pulse.backend.sessions;

import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.SecretText;
import dev.pulse.backend.users.AccessWithdrawn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The browsers that are signed in. A session goes on by exchanging its refresh token for the next;
 * one that was exchanged long ago and comes back ends the session, since two have it.
 */
@Service
public class Sessions {

  private static final int ID_BITS = 128;

  private static final String COLUMNS =
      """
      id, user_id, device, address, created_at, last_used_at, expires_at, generation
      """;

  /** Neither ended, nor too old, nor left alone for too long, nor of somebody who may not enter. */
  private static final String ALIVE =
      """
      ended_at is null and expires_at > :now and last_used_at > :idleSince
        and exists (select from user_account u where u.id = user_id and u.active)
      """;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;
  private final SessionSettings settings;

  Sessions(JdbcClient jdbc, Audit audit, Clock clock, SessionSettings settings) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
  }

  /** Signs a browser in; always under a new id, whatever it has sent. */
  @Transactional
  public Session start(long userId, @Nullable String userAgent, String address) {
    var made =
        sql("""
        insert into login_session
          (id, user_id, device, address, created_at, last_used_at, expires_at, rotated_at)
        values (:id, :user, :device, :address, :now, :now, :expires, :now)
        returning
        """
                + COLUMNS)
            .param("id", SecretText.random(ID_BITS))
            .param("user", userId)
            .param("device", Device.of(userAgent))
            .param("address", address)
            .param("expires", Moments.sql(clock.instant().plus(settings.absolute())))
            .query(Sessions::read)
            .single();
    audit.record(
        "user:" + userId,
        "session.start",
        target(made.id()),
        null,
        null,
        Map.of("device", made.device(), "address", address));
    return made;
  }

  /**
   * Exchanges a refresh token.
   *
   * @param generation of the token that was sent
   * @return the session with the generation of the token to be sent back; empty if it is over
   */
  @Transactional
  public Optional<Session> renew(String id, long generation) {
    var renewed =
        sql("""
        update login_session
           set generation = generation + 1, rotated_at = :now, last_used_at = :now
         where id = :id and generation = :generation and
        """
                + ALIVE
                + " returning "
                + COLUMNS)
            .param("id", id)
            .param("generation", generation)
            .query(Sessions::read)
            .optional();
    return renewed.isPresent() ? renewed : replaced(id, generation);
  }

  /** The token is not the current one: that of another tab a moment ago, or a stolen one. */
  private Optional<Session> replaced(String id, long generation) {
    var alive =
        sql("select " + COLUMNS + " from login_session where id = :id and " + ALIVE)
            .param("id", id)
            .query(Sessions::read)
            .optional();
    if (alive.isEmpty() || generation > alive.get().generation()) return Optional.empty();
    var current = alive.get();
    if (generation == current.generation() - 1 && rotatedJustNow(id)) return alive;
    end(current.id(), EndReason.REUSED);
    audit.record(
        Audit.ANONYMOUS,
        "session.reuse",
        target(id),
        "a refresh token came back that was replaced before",
        Map.of("generation", current.generation()),
        Map.of("generation", generation));
    return Optional.empty();
  }

  private boolean rotatedJustNow(String id) {
    return sql("select rotated_at > :since from login_session where id = :id")
        .param("since", Moments.sql(clock.instant().minus(settings.refreshGrace())))
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Those of a user that are alive, the latest first. */
  @Transactional(readOnly = true)
  public List<Session> list(long userId) {
    return sql("select "
            + COLUMNS
            + " from login_session where user_id = :user and "
            + ALIVE
            + " order by created_at desc limit 200")
        .param("user", userId)
        .query(Sessions::read)
        .list();
  }

  /** Ends a session on the word of its own browser. */
  @Transactional
  public void signOut(String id) {
    sql("select user_id from login_session where id = :id")
        .param("id", id)
        .query(Long.class)
        .optional()
        .ifPresent(user -> end("user:" + user, user, id, EndReason.LOGOUT));
  }

  /** Ends one session of a user; whether it was there. */
  @Transactional
  public boolean end(long userId, String id) {
    return end(Audit.actor(), userId, id, EndReason.REVOKED);
  }

  private boolean end(String actor, long userId, String id, EndReason reason) {
    int ended =
        sql("""
        update login_session
           set ended_at = :now, end_reason = :reason
         where id = :id and user_id = :user and ended_at is null
        """)
            .param("reason", reason.name())
            .param("id", id)
            .param("user", userId)
            .update();
    if (ended > 0) {
      audit.record(actor, "session.end", target(id), null, null, Map.of("reason", reason));
    }
    return ended > 0;
  }

  /**
   * Ends the sessions of a user.
   *
   * @param except the one to be kept; null = none
   */
  @Transactional
  public int endAll(long userId, @Nullable String except, EndReason reason) {
    int ended =
        sql("""
        update login_session
           set ended_at = :now, end_reason = :reason
         where user_id = :user and ended_at is null and id is distinct from :except
        """)
            .param("reason", reason.name())
            .param("user", userId)
            .param("except", except)
            .update();
    if (ended > 0) {
      audit.record(
          "session.end-all",
          Target.of("user", userId),
          null,
          Map.of("reason", reason, "sessions", ended));
    }
    return ended;
  }

  @EventListener
  @Transactional
  void withdrawn(AccessWithdrawn event) {
    endAll(event.userId(), null, EndReason.DEACTIVATED);
  }

  /** Removes what ended long ago. */
  @Transactional
  public int forgetOld() {
    return jdbc.sql("delete from login_session where expires_at < ?")
        .param(Moments.sql(clock.instant().minus(settings.absolute())))
        .update();
  }

  private void end(String id, EndReason reason) {
    sql("update login_session set ended_at = :now, end_reason = :reason where id = :id")
        .param("reason", reason.name())
        .param("id", id)
        .update();
  }

  /** With the moments that most statements here compare with. */
  private StatementSpec sql(String text) {
    var now = clock.instant();
    return jdbc.sql(text)
        .param("now", Moments.sql(now))
        .param("idleSince", Moments.sql(now.minus(settings.idle())));
  }

  private static Session read(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getString("id"),
        row.getLong("user_id"),
        row.getString("device"),
        row.getString("address"),
        Moments.read(row, "created_at"),
        Moments.read(row, "last_used_at"),
        Moments.read(row, "expires_at"),
        row.getLong("generation"));
  }

  private static Target target(String id) {
    return new Target("session", id);
  }
}
