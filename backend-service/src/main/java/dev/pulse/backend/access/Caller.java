package dev.pulse.backend.access;

import dev.pulse.model.Permission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Whoever has proved who they are, and what they may do at this moment.
 *
 * @param userId the user, or the one for whom a program acts
 * @param permissions never more than the user's role allows
 * @param connections whose data the caller sees; null = all
 * @param proof how it was proved
 * @param owes what the user has to do before anything else is allowed; null = nothing
 */
public record Caller(
    long userId,
    Set<Permission> permissions,
    @Nullable List<Long> connections,
    Proof proof,
    @Nullable Duty owes) {

  /** What comes first. */
  public enum Duty {
    /** The one that there is was chosen by somebody else. */
    CHOOSE_PASSWORD,
    /** The user's role is not open to a password alone. */
    SET_UP_SECOND_FACTOR
  }

  /** What was shown. */
  public sealed interface Proof {}

  /** A browser that is signed in. */
  public record Browser(String sessionId) implements Proof {}

  /** A program with a token of its own. */
  public record Script(long tokenId) implements Proof {}

  public Caller {
    permissions =
        Collections.unmodifiableSet(
            permissions.isEmpty() ? EnumSet.noneOf(Permission.class) : EnumSet.copyOf(permissions));
    connections = connections == null ? null : List.copyOf(connections);
  }

  /** Stable name for the audit and for other services, such as {@code user:7}. */
  public String subject() {
    return switch (proof) {
      case Browser _ -> "user:" + userId;
      case Script(var token) -> "user:%d/token:%d".formatted(userId, token);
    };
  }

  /** Whoever sent the request that this thread serves. */
  public static Optional<Caller> current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication instanceof CallerAuthentication known
        ? Optional.of(known.getPrincipal())
        : Optional.empty();
  }
}
