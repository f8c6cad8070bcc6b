package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.platform.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The token of an installation, which holds for an hour: replaced before it ends, and when GitHub
 * refuses it. It is kept nowhere but here, since a new one costs two requests and ends none.
 */
final class GitHubAppToken implements GitHubAuthorization {

  /** So long before its end no request begins with it. */
  private static final Duration SPARE = Duration.ofMinutes(3);

  private final GitHubApp app;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Made made;

  private record Made(String header, Instant until) {}

  GitHubAppToken(GitHubApp app, Clock clock) {
    this.app = app;
    this.clock = clock;
  }

  @Override
  public String header() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var now = made;
      if (now == null || !clock.instant().isBefore(now.until)) now = make();
      return now.header;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean renew(String refused, Answer answer) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var now = made;
      if (now != null && !now.header.equals(refused)) return true;
      make();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A new token may not be known everywhere at GitHub for some seconds. */
  @Override
  public SourceFailure rejected() {
    return new SourceUnavailable("GitHub does not take the token that it has just made", null);
  }

  private Made make() throws InterruptedException {
    made = null;
    var token = app.token();
    var half = token.life().dividedBy(2);
    var good = token.life().minus(half.compareTo(SPARE) < 0 ? half : SPARE);
    var now = new Made("Bearer " + token.value().reveal(), clock.instant().plus(good));
    made = now;
    return now;
  }
}
