package dev.pulse.backend.sessions;

import dev.pulse.backend.platform.NotStartable;
import dev.pulse.backend.platform.SecretFile;
import dev.pulse.backend.users.Users;
import dev.pulse.model.Permission;
import dev.pulse.model.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives whoever starts Pulse on a machine of his or her own a token, so that scripts/pulse can ask
 * through the gateway like everybody else: another one at each start, and the one before is void.
 * Its user has no password, so nobody signs in as it; deactivated, it stays so.
 */
@Component
class LocalScript implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LocalScript.class);

  private static final String EMAIL = "scripts@localhost";
  private static final String NAME = "scripts/pulse";
  private static final Duration LIFE = Duration.ofDays(365);

  private final Users users;
  private final ScriptTokens tokens;
  private final TransactionTemplate transaction;
  private final @Nullable Path file;
  private volatile boolean running;

  /** {@code pulse.scripts.token-file}: where the token is left; nothing is made without it. */
  LocalScript(
      Users users,
      ScriptTokens tokens,
      TransactionTemplate transaction,
      @Value("${pulse.scripts.token-file:}") @Nullable Path file) {
    this.users = users;
    this.tokens = tokens;
    this.transaction = transaction;
    this.file = file == null || file.toString().isEmpty() ? null : file;
  }

  /** Before the first request is taken: who waits for the gateway finds the token. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public void start() {
    running = true;
    if (file == null) return;
    var secret = Objects.requireNonNull(transaction.execute(_ -> another()));
    try {
      SecretFile.write(file, secret);
      log.info("The token of scripts/pulse is in {}", file);
    } catch (IOException e) {
      throw new NotStartable(
          "the file %s of PULSE_SCRIPTS_TOKEN_FILE cannot be written".formatted(file), e);
    }
  }

  private String another() {
    long user =
        users
            .credentials(EMAIL)
            .map(Users.Credentials::userId)
            .orElseGet(() -> users.create(EMAIL, NAME, Role.ADMIN, null).id());
    tokens.revokeAll(user);
    return tokens.make(user, NAME, EnumSet.allOf(Permission.class), LIFE).secret();
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
