package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.platform.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Proves to Jira who asks. */
interface JiraAuthorization extends AutoCloseable {

  /** The header to send with a request. */
  String header() throws InterruptedException;

  /**
   * The site has refused a header; another may be better.
   *
   * @return false if there is no other
   */
  default boolean renew(String refused) throws InterruptedException {
    return false;
  }

  @Override
  default void close() {}

  /** An API token of Cloud, with the e-mail address of its account. */
  static JiraAuthorization basic(String email, Secret token) {
    var pair = (email + ":" + token.reveal().strip()).getBytes(StandardCharsets.UTF_8);
    var header = "Basic " + Base64.getEncoder().encodeToString(pair);
    return () -> header;
  }

  /** A personal access token of Data Center. */
  static JiraAuthorization bearer(Secret token) {
    var header = "Bearer " + token.reveal().strip();
    return () -> header;
  }
}
