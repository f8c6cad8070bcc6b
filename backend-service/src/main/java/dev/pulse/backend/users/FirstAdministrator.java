package dev.pulse.backend.users;

import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.NotStartable;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.SecretFile;
import dev.pulse.backend.platform.SecretText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes one administrator when there is no user at all, and lets one in again who has lost the
 * password, before the first request is taken. Nobody else is made by default.
 */
@Component
class FirstAdministrator implements SmartInitializingSingleton {

  private static final int BITS = 120;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Audit audit;
  private final PasswordHashes hashes;
  private final PasswordRules rules;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Settings settings;

  /**
   * Who the first administrator is.
   *
   * @param email by which he or she signs in
   * @param password chosen by whoever installs Pulse; null = a generated one, to be changed at the
   *     first login
   * @param passwordFile where a generated one is written, for its owner alone to read; null = it is
   *     printed
   * @param reset gives the administrator a new password at this start and ends his or her sessions;
   *     for one start only
   */
  @ConfigurationProperties("pulse.admin")
  record Settings(
      @DefaultValue("admin@localhost") String email,
      @Nullable String password,
      @Nullable Path passwordFile,
      @DefaultValue("false") boolean reset) {

    /** Settings are printed here and there; this one must not be. */
    @Override
    public String toString() {
      return "Settings[email=%s]".formatted(email);
    }
  }

  FirstAdministrator(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Audit audit,
      PasswordHashes hashes,
      PasswordRules rules,
      ApplicationEventPublisher events,
      Clock clock,
      Settings settings) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.audit = audit;
    this.hashes = hashes;
    this.rules = rules;
    this.events = events;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (!isWanted()) return;
    var given = settings.password();
    var password = given == null ? SecretText.random(BITS) : given;
    if (given != null) check(given);
    var hash = hashes.hash(password);
    transaction.executeWithoutResult(
        _ -> {
          // several nodes may start at once, and one makes the administrator
          jdbc.sql("lock table user_account in share row exclusive mode").update();
          if (!isWanted()) return;
          save(hash, given == null);
          if (given == null) show(password);
        });
  }

  private boolean isWanted() {
    return settings.reset() || !anybody();
  }

  private boolean anybody() {
    return jdbc.sql("select exists (select from user_account)").query(Boolean.class).single();
  }

  private void check(String password) {
    try {
      rules.check("pulse.admin.password", password, settings.email(), "");
    } catch (Problem problem) {
      throw new NotStartable(
          problem.getMessage() + "; choose another PULSE_ADMIN_PASSWORD", problem);
    }
  }

  private void save(String hash, boolean temporary) {
    long id =
        jdbc.sql(
                """
                insert into user_account (email, name, role, password_hash, password_temporary, created_at)
                values (:email, 'Administrator', 'ADMIN', :hash, :temporary, :now)
                on conflict (email) do update
                   set role = 'ADMIN', active = true, password_hash = excluded.password_hash,
                       password_temporary = excluded.password_temporary, version = user_account.version + 1
                returning id
                """)
            .param("email", settings.email().toLowerCase(Locale.ROOT))
            .param("hash", hash)
            .param("temporary", temporary)
            .param("now", Moments.sql(clock.instant()))
            .query(Long.class)
            .single();
    events.publishEvent(new AccessWithdrawn(id)); // what could enter before cannot any more
    if (settings.reset()) events.publishEvent(new AdministratorReset(id));
    audit.record(
        Audit.PULSE,
        settings.reset() ? "user.reset" : "user.create",
        Target.of("user", id),
        settings.reset() ? "pulse.admin.reset" : "there was no user at all",
        null,
        Map.of("role", "ADMIN"));
  }

  /** Past the log, which is kept and sent elsewhere. */
  private void show(String password) {
    var file = settings.passwordFile();
    if (file == null) {
      System.out.printf(
          "%nThe administrator is %s with the password %s%nIt is shown this once, and has to"
              + " be changed at the first login.%n%n",
          settings.email(), password);
      return;
    }
    try {
      SecretFile.write(file, password);
    } catch (IOException e) {
      throw new NotStartable(
          "the file %s of PULSE_ADMIN_PASSWORD_FILE cannot be written".formatted(file), e);
    }
  }
}
