package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.platform.http.Answer;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that an App asks for itself, by a token that its key signs for each request. GitHub judges
 * such a token by its own clock, so a clock here that is wrong is corrected by what GitHub's says.
 */
final class GitHubAppSignature implements GitHubAuthorization {

  private static final Logger log = LoggerFactory.getLogger(GitHubAppSignature.class);

  /** Less than that is how long an answer may be under way. */
  private static final Duration WRONG = Duration.ofSeconds(30);

  private final GitHubAppKey key;
  private final String app;
  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  /**
   * The signature of an App.
   *
   * @param app id or client id
   */
  GitHubAppSignature(GitHubAppKey key, String app, Clock clock) {
    this.key = key;
    this.app = app;
    this.clock = clock;
  }

  @Override
  public String header() {
    return "Bearer " + key.token(app, clock.instant().plus(ahead));
  }

  @Override
  public boolean renew(String refused, Answer answer) {
    var measured = Duration.between(answer.receivedAt(), answer.servedAt());
    if (measured.minus(ahead).abs().compareTo(WRONG) < 0) return false;
    log.warn("GitHub's clock is {} s ahead of this machine's: check it", measured.toSeconds());
    ahead = measured;
    return true;
  }

  @Override
  public SourceFailure rejected() {
    return new CredentialsRejected(
        "GitHub does not accept the private key for App " + app,
        "Check the App's id; if that is right make a new private key in the App's settings, and"
            + " enter it.");
  }
}
