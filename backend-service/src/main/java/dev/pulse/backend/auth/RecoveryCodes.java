package dev.pulse.backend.auth;

import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.SecretText;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Codes on paper, each good once, for whoever has lost the app. They are too random to be tried, so
 * a plain hash of them is enough.
 */
@Service
class RecoveryCodes {

  private static final int HOW_MANY = 10;

  /** 24 letters. */
  private static final int BITS = 120;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  RecoveryCodes(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** Codes that were made; they are shown this once. */
  record RecoveryCodeSheet(List<String> codes) {
    RecoveryCodeSheet {
      codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
      return "RecoveryCodeSheet[***]";
    }
  }

  /** In place of all that there were, in the transaction of what allowed it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public RecoveryCodeSheet make(long userId) {
    forget(userId);
    var codes =
        Stream.generate(() -> Base32.encode(SecretText.bytes(BITS))).limit(HOW_MANY).toList();
    for (var code : codes) {
      jdbc.sql("insert into recovery_code (user_id, code_hash) values (?, ?)")
          .params(userId, SecretText.sha256(code))
          .update();
    }
    audit.record(
        "second-factor.recovery-codes", Target.of("user", userId), null, Map.of("codes", HOW_MANY));
    return new RecoveryCodeSheet(codes.stream().map(RecoveryCodes::inGroups).toList());
  }

  /** How many of a user's were not used yet. */
  @Transactional(readOnly = true)
  public int left(long userId) {
    return jdbc.sql("select count(*) from recovery_code where user_id = ? and used_at is null")
        .param(userId)
        .query(Integer.class)
        .single();
  }

  /** The hash of a code, if it is one of the user's and was not used yet. */
  @Transactional(readOnly = true)
  public Optional<byte[]> find(long userId, String code) {
    var hash = SecretText.sha256(code.toUpperCase(Locale.ROOT));
    return jdbc.sql(
            """
            select code_hash
            from recovery_code
            where user_id = ? and code_hash = ? and used_at is null
            """)
        .params(userId, hash)
        .query(byte[].class)
        .optional();
  }

  /** Uses one up; of two at once one is told that it did. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean use(long userId, byte[] hash) {
    int used =
        jdbc.sql(
                """
                update recovery_code
                   set used_at = ?
                 where user_id = ? and code_hash = ? and used_at is null
                """)
            .params(Moments.sql(clock.instant()), userId, hash)
            .update();
    if (used > 0) {
      audit.record(
          "user:" + userId,
          "second-factor.recover",
          Target.of("user", userId),
          null,
          null,
          Map.of("codesLeft", left(userId)));
    }
    return used > 0;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void forget(long userId) {
    jdbc.sql("delete from recovery_code where user_id = ?").param(userId).update();
  }

  private static String inGroups(String code) {
    return String.join("-", code.split("(?<=\\G.{4})"));
  }
}
