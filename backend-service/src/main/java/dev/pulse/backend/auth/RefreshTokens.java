package dev.pulse.backend.auth;

import dev.pulse.backend.auth.Stamps.Purpose;
import dev.pulse.backend.sessions.Session;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The tokens by which a session goes on. One follows from the session's id and generation, so that
 * two tabs that ask at once get the same next one.
 */
@Component
class RefreshTokens {

  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{22})\\.([0-9]{1,9})");

  private final Stamps stamps;

  RefreshTokens(Stamps stamps) {
    this.stamps = stamps;
  }

  /** What a token says. */
  record Content(String session, long generation) {}

  String of(Session session) {
    return stamps.stamp(Purpose.REFRESH, session.id() + "." + session.generation());
  }

  Optional<Content> read(String token) {
    return stamps
        .open(Purpose.REFRESH, token)
        .map(TEXT::matcher)
        .filter(Matcher::matches)
        .map(text -> new Content(text.group(1), Long.parseLong(text.group(2))));
  }
}
