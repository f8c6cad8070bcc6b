package dev.pulse.backend.users;

import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.Problem;
import dev.pulse.model.ProblemKind;
import dev.pulse.model.Role;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts. There is always an administrator who can enter. */
@Service
public class Users {

  private static final ProblemKind LAST_ADMINISTRATOR =
      new ProblemKind(
          409,
          "LAST_ADMINISTRATOR",
          "Nobody could administer Pulse any more",
          "Make somebody else an administrator first.");
  private static final ProblemKind EMAIL_TAKEN =
      new ProblemKind(
          409, "EMAIL_TAKEN", "There is a user with that e-mail", "Look the user up in the list.");

  private final JdbcClient jdbc;
  private final Audit audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Users(JdbcClient jdbc, Audit audit, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What is needed to check a password.
   *
   * @param passwordHash null if none was chosen yet
   */
  public record Credentials(
      long userId, String email, String name, @Nullable String passwordHash, boolean active) {}

  @Transactional(readOnly = true)
  public User require(long id) {
    return jdbc.sql("select " + UserRows.COLUMNS + " from user_account where id = ?")
        .param(id)
        .query(UserRows::read)
        .optional()
        .orElseThrow(() -> Problem.notFound("user", id));
  }

  /**
   * In the order in which they were made.
   *
   * @param after only users with a greater id
   */
  @Transactional(readOnly = true)
  public List<User> list(long after, int limit) {
    return jdbc.sql(
            "select "
                + UserRows.COLUMNS
                + """
                from user_account
                where id > ?
                order by id
                limit ?
                """)
        .params(after, limit)
        .query(UserRows::read)
        .list();
  }

  @Transactional(readOnly = true)
  public Optional<Credentials> credentials(String email) {
    return jdbc.sql(
            """
            select id as user_id, email, name, password_hash, active
            from user_account
            where email = ?
            """)
        .param(email.toLowerCase(Locale.ROOT))
        .query(Credentials.class)
        .optional();
  }

  @Transactional(readOnly = true)
  public Credentials credentials(long id) {
    return credentials(require(id).email()).orElseThrow(() -> Problem.notFound("user", id));
  }

  /** Makes a user who cannot enter yet: there is no password. */
  @Transactional
  public User create(String email, String name, Role role, @Nullable List<Long> connections) {
    User made;
    try {
      made =
          jdbc.sql(
                  """
                  insert into user_account (email, name, role, connections, created_at)
                  values (:email, :name, :role, :connections, :now)
                  returning
                  """
                      + UserRows.COLUMNS)
              .param("email", email.toLowerCase(Locale.ROOT))
              .param("name", name)
              .param("role", role.name())
              .param("connections", array(connections))
              .param("now", Moments.sql(clock.instant()))
              .query(UserRows::read)
              .single();
    } catch (DuplicateKeyException e) {
      throw new Problem(EMAIL_TAKEN, "One e-mail belongs to one user.");
    }
    audit.record("user.create", target(made.id()), null, made);
    return made;
  }

  /** Effective for requests that come a few seconds later, on every node. */
  @Transactional
  public User update(
      long id, String name, Role role, @Nullable List<Long> connections, long version) {
    var administrators = lockAdministrators();
    var before = require(id);
    if (role != Role.ADMIN) requireOther(administrators, id);
    int changed =
        jdbc.sql(
                """
                update user_account
                   set name = :name, role = :role, connections = :connections, version = version + 1
                 where id = :id and version = :version
                """)
            .param("name", name)
            .param("role", role.name())
            .param("connections", array(connections))
            .param("id", id)
            .param("version", version)
            .update();
    if (changed == 0) {
      throw new Problem(
          ProblemKind.CHANGED_MEANWHILE,
          "User %d has version %d by now.".formatted(id, before.version()));
    }
    var after = require(id);
    audit.record("user.update", target(id), before, after);
    return after;
  }

  /** What a user may change about themselves. */
  @Transactional
  public User rename(long id, String name) {
    var before = require(id);
    jdbc.sql("update user_account set name = ?, version = version + 1 where id = ?")
        .params(name, id)
        .update();
    audit.record("user.rename", target(id), before, require(id));
    return require(id);
  }

  /** Lets a user enter, or no longer; to do it again changes nothing. */
  @Transactional
  public User activate(long id, boolean active) {
    var administrators = lockAdministrators();
    require(id);
    if (!active) requireOther(administrators, id);
    int changed =
        jdbc.sql(
                """
                update user_account
                   set active = :active, version = version + 1
                 where id = :id and active <> :active
                """)
            .param("active", active)
            .param("id", id)
            .update();
    if (changed > 0) {
      if (!active) events.publishEvent(new AccessWithdrawn(id));
      audit.record(active ? "user.activate" : "user.deactivate", target(id), null, null);
    }
    return require(id);
  }

  /**
   * Gives a user another password, in the transaction of whatever allowed it.
   *
   * @param temporary another has to be chosen before anything else
   */
  @Transactional
  public void setPassword(long id, String passwordHash, boolean temporary) {
    jdbc.sql("update user_account set password_hash = ?, password_temporary = ? where id = ?")
        .params(passwordHash, temporary, id)
        .update();
    audit.record("user.password", target(id), null, Map.of("temporary", temporary));
  }

  /** The same password, hashed as it is done now; not if the password was changed meanwhile. */
  @Transactional
  public void rehash(long id, String before, String after) {
    jdbc.sql("update user_account set password_hash = ? where id = ? and password_hash = ?")
        .params(after, id, before)
        .update();
  }

  /** Whoever wants to remove one waits for the other: two cannot remove each other. */
  private List<Long> lockAdministrators() {
    return jdbc.sql(
            """
            select id
            from user_account
            where role = 'ADMIN' and active and password_hash is not null
            order by id
            for update
            """)
        .query(Long.class)
        .list();
  }

  private static void requireOther(List<Long> administrators, long id) {
    if (administrators.equals(List.of(id))) {
      throw new Problem(LAST_ADMINISTRATOR, "This is the only administrator who can enter.");
    }
  }

  private static Long @Nullable [] array(@Nullable List<Long> ids) {
    return ids == null ? null : ids.toArray(Long[]::new);
  }

  private static Target target(long id) {
    return Target.of("user", id);
  }
}
