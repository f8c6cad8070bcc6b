package dev.pulse.backend.dashboard;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.sessions.ScriptTokens;
import dev.pulse.backend.sessions.ScriptTokens.ScriptToken;
import dev.pulse.model.Attention;
import dev.pulse.model.Attention.Kind;
import dev.pulse.model.Attention.Page;
import dev.pulse.model.Attention.Severity;
import dev.pulse.model.Attention.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** What needs the caller and only this service knows: script tokens that are about to expire. */
@Component
class OwnTroubles {

  private static final Duration SOON = Duration.ofDays(14);

  private final ScriptTokens tokens;
  private final Clock clock;

  OwnTroubles(ScriptTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A program does not see to its user's tokens. */
  List<Attention> of(Caller caller) {
    if (!(caller.proof() instanceof Caller.Browser)) return List.of();
    var soon = clock.instant().plus(SOON);
    return tokens.list(caller.userId()).stream()
        .filter(token -> token.expiresAt().isBefore(soon))
        .map(OwnTroubles::expiring)
        .toList();
  }

  private static Attention expiring(ScriptToken token) {
    return new Attention(
        Kind.TOKEN_EXPIRES,
        Severity.WARNING,
        "Your script token %s expires soon".formatted(token.name()),
        null,
        "Make another for whoever uses it, and revoke this one.",
        Target.of(Page.TOKEN, token.id()),
        null,
        null,
        token.expiresAt(),
        null);
  }
}
