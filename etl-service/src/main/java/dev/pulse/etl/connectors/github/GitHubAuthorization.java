package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.platform.http.Answer;
import dev.pulse.etl.platform.secret.Secret;

/** Proves to GitHub who asks. Used by many threads at once. */
interface GitHubAuthorization {

  /** The header to send with a request. */
  String header() throws InterruptedException;

  /**
   * GitHub has refused a header; another may be better.
   *
   * @return false if there is no other
   */
  default boolean renew(String refused, Answer answer) throws InterruptedException {
    return false;
  }

  /** What it means that GitHub refused the last header there is. */
  SourceFailure rejected();

  /** A token that a person made. */
  static GitHubAuthorization token(Secret token) {
    var header = "Bearer " + token.reveal().strip();
    return new GitHubAuthorization() {
      @Override
      public String header() {
        return header;
      }

      @Override
      public SourceFailure rejected() {
        return new CredentialsRejected(
            "GitHub does not accept the token", "Make a new token, and enter it.");
      }
    };
  }
}
