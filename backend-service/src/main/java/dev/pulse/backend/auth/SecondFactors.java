package dev.pulse.backend.auth;

import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.auth.RecoveryCodes.RecoveryCodeSheet;
import dev.pulse.backend.auth.Seals.Sealed;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.SecretText;
import dev.pulse.backend.users.AdministratorReset;
import dev.pulse.model.ProblemKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which users prove with a code, too, that it is them; and whether a code is right. */
@Service
class SecondFactors {

  private static final Logger log = LoggerFactory.getLogger(SecondFactors.class);

  private static final ProblemKind SET_UP_ALREADY =
      new ProblemKind(
          409,
          "SECOND_FACTOR_SET_UP",
          "There is a second factor already",
          "Switch it off first; that takes the password and a code.");
  private static final ProblemKind NOT_BEGUN =
      new ProblemKind(
          409,
          "SECOND_FACTOR_NOT_BEGUN",
          "No second factor is waiting for its first code",
          "Begin with POST /api/auth/second-factor.");

  private static final ProblemKind OFF =
      new ProblemKind(
          409,
          "SECOND_FACTOR_OFF",
          "There is no second factor",
          "Set one up with POST /api/auth/second-factor.");

  private static final Pattern DIGITS = Pattern.compile("[0-9]{6}");

  private final JdbcClient jdbc;
  private final Seals seals;
  private final RecoveryCodes recovery;
  private final Audit audit;
  private final Clock clock;

  SecondFactors(JdbcClient jdbc, Seals seals, RecoveryCodes recovery, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.seals = seals;
    this.recovery = recovery;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A second factor.
   *
   * @param lastStep the time step of the latest code that was accepted
   * @param confirmedAt null = no code of it was seen yet, so it does not count
   */
  record Factor(long userId, Sealed secret, long lastStep, @Nullable Instant confirmedAt) {}

  /** A code that is right, and not used up yet. */
  sealed interface Proof {}

  private record OfApp(long userId, long step) implements Proof {}

  private record OfPaper(long userId, byte[] hash) implements Proof {}

  /** The one that has to be proved when its user signs in. */
  @Transactional(readOnly = true)
  public Optional<Factor> find(long userId) {
    return read(userId).filter(factor -> factor.confirmedAt() != null);
  }

  /**
   * For what only sets one up.
   *
   * @throws Problem 409 if there is one
   */
  public void refuseIfOn(long userId) {
    if (find(userId).isPresent()) throw new Problem(SET_UP_ALREADY, "It is on.");
  }

  /**
   * For what only changes one.
   *
   * @throws Problem 409 if there is none
   */
  public void requireOn(long userId) {
    if (find(userId).isEmpty()) throw new Problem(OFF, "There is none.");
  }

  /** Makes a secret, which does not count before {@link #confirm}. */
  @Transactional
  public byte[] begin(long userId) {
    refuseIfOn(userId);
    var secret = SecretText.bytes(160);
    var kept = seals.seal(secret, row(userId));
    int begun =
        jdbc.sql(
                """
                insert into second_factor (user_id, key_id, secret, created_at)
                values (:user, :key, :secret, :now)
                on conflict (user_id) do update
                   set key_id = excluded.key_id, secret = excluded.secret, created_at = excluded.created_at
                 where second_factor.confirmed_at is null
                """)
            .param("user", userId)
            .param("key", kept.keyId())
            .param("secret", kept.bytes())
            .param("now", Moments.sql(clock.instant()))
            .update();
    if (begun == 0) throw new Problem(SET_UP_ALREADY, "It was switched on at this moment.");
    return secret;
  }

  /** Switches it on with its first code; from now on it is asked for. */
  @Transactional
  public RecoveryCodeSheet confirm(long userId, String code) {
    var factor = read(userId).orElseThrow(() -> new Problem(NOT_BEGUN, "Nothing was begun."));
    if (factor.confirmedAt() != null) throw new Problem(SET_UP_ALREADY, "It is on.");
    var proof = check(factor, code).filter(each -> each instanceof OfApp);
    if (proof.isEmpty() || !use(proof.get())) {
      throw Problem.invalid("code", "is not the one that the app shows now");
    }
    int confirmed =
        jdbc.sql(
                """
                update second_factor
                   set confirmed_at = ?
                 where user_id = ? and confirmed_at is null
                """)
            .params(Moments.sql(clock.instant()), userId)
            .update();
    if (confirmed == 0) throw new Problem(SET_UP_ALREADY, "It was switched on at this moment.");
    audit.record("second-factor.enable", target(userId), null, null);
    return recovery.make(userId);
  }

  /** Whether what somebody has sent is right; nothing is used up by asking. */
  @Transactional(readOnly = true)
  public Optional<Proof> check(Factor factor, @Nullable String sent) {
    if (sent == null) return Optional.empty();
    var code = sent.replaceAll("[\\s-]", "");
    long user = factor.userId();
    if (!DIGITS.matcher(code).matches()) {
      return recovery.find(user, code).map(hash -> (Proof) new OfPaper(user, hash));
    }
    var secret = seals.open(factor.secret(), row(user));
    if (secret.isEmpty()) log.error("The second factor of user {} cannot be opened", user);
    return secret.flatMap(
        key -> {
          var step = Totp.step(key, code, clock.instant(), factor.lastStep());
          return step.isPresent()
              ? Optional.<Proof>of(new OfApp(user, step.getAsLong()))
              : Optional.empty();
        });
  }

  /** Uses a code up; of two at once one is told that it did. */
  @Transactional
  public boolean use(Proof proof) {
    return switch (proof) {
      case OfApp(var user, var step) ->
          jdbc.sql(
                      """
                      update second_factor
                         set last_step = :step
                       where user_id = :user and last_step < :step
                      """)
                  .param("step", step)
                  .param("user", user)
                  .update()
              > 0;
      case OfPaper(var user, var hash) -> recovery.use(user, hash);
    };
  }

  /** Other recovery codes in place of those so far. */
  @Transactional
  public RecoveryCodeSheet renewRecovery(long userId) {
    return recovery.make(userId);
  }

  /** Switches it off; whether it was on, or begun. */
  @Transactional
  public boolean remove(long userId, String action) {
    recovery.forget(userId);
    int removed = jdbc.sql("delete from second_factor where user_id = ?").param(userId).update();
    if (removed > 0) audit.record(action, target(userId), null, null);
    return removed > 0;
  }

  /** Whoever may start Pulse with that setting may have lost the app, too. */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void reset(AdministratorReset event) {
    remove(event.userId(), "second-factor.reset");
  }

  /** Seals again what an older key has sealed, so that the older one can be removed. */
  @Transactional
  public int sealAgain() {
    var old =
        jdbc.sql(
                """
                select user_id, key_id, secret, last_step, confirmed_at
                from second_factor
                where key_id <> ?
                for update skip locked
                """)
            .param(seals.keyId())
            .query(SecondFactors::factor)
            .list();
    int renewed = 0;
    for (var factor : old) {
      var row = row(factor.userId());
      var secret = seals.open(factor.secret(), row);
      if (secret.isEmpty()) continue;
      var again = seals.seal(secret.get(), row);
      renewed +=
          jdbc.sql("update second_factor set key_id = ?, secret = ? where user_id = ?")
              .params(again.keyId(), again.bytes(), factor.userId())
              .update();
    }
    return renewed;
  }

  private Optional<Factor> read(long userId) {
    return jdbc.sql(
            """
            select user_id, key_id, secret, last_step, confirmed_at
            from second_factor
            where user_id = ?
            """)
        .param(userId)
        .query(SecondFactors::factor)
        .optional();
  }

  private static Factor factor(ResultSet row, int number) throws SQLException {
    return new Factor(
        row.getLong("user_id"),
        new Sealed(row.getString("key_id"), row.getBytes("secret")),
        row.getLong("last_step"),
        Moments.readNullable(row, "confirmed_at"));
  }

  private static String row(long userId) {
    return "second_factor " + userId;
  }

  private static Target target(long userId) {
    return Target.of("user", userId);
  }
}
