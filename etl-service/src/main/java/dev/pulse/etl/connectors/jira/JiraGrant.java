package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.platform.http.Answer;
import dev.pulse.etl.platform.http.HttpFailure;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.http.SourceHttp;
import dev.pulse.etl.platform.json.SourceJson;
import dev.pulse.etl.platform.secret.RotatingTokens;
import dev.pulse.etl.platform.secret.RotatingTokens.BeingRenewed;
import dev.pulse.etl.platform.secret.RotatingTokens.Renewed;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a person has granted to an app by OAuth 2.0 (3LO). An access token holds for an hour, and
 * each renewal ends the refresh token that was used and brings the next one.
 *
 * @see <a
 *     href="https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens/">Refresh
 *     tokens</a>
 */
final class JiraGrant implements JiraAuthorization {

  private static final String BEARER = "Bearer ";

  /** Whatever is said: it is an hour, and no time that a database could not store. */
  private static final long LONGEST_LIFE_SECONDS = 86_400;

  private final URI tokens;
  private final String clientId;
  private final Secret clientSecret;
  private final Secret entered;
  private final Supplier<SourceHttp> http;
  private final RotatingTokens rotating;

  /**
   * A grant.
   *
   * @param tokens where tokens are renewed
   * @param entered the refresh token as a person entered it
   * @param http opens the way to it, for one renewal: that may outlast whoever began it
   */
  JiraGrant(
      URI tokens,
      String clientId,
      Secret clientSecret,
      Secret entered,
      Supplier<SourceHttp> http,
      RotatingTokens rotating) {
    this.tokens = tokens;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.entered = entered;
    this.http = http;
    this.rotating = rotating;
  }

  @Override
  public String header() throws InterruptedException {
    return BEARER + token(null).reveal();
  }

  @Override
  public boolean renew(String refused) throws InterruptedException {
    var token = refused.substring(BEARER.length());
    return !token(new Secret(token)).reveal().equals(token);
  }

  private Secret token(@Nullable Secret refused) throws InterruptedException {
    try {
      return rotating.access(entered, refused, this::ask);
    } catch (BeingRenewed e) {
      throw new SourceUnavailable("oauth/token: " + e.getMessage(), e);
    }
  }

  private Renewed ask(Secret refreshToken) throws InterruptedException {
    var body =
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            clientId,
            "client_secret",
            clientSecret.reveal().strip(),
            "refresh_token",
            refreshToken.reveal().strip());
    var json = SourceJson.MAPPER.writeValueAsString(body);
    try (var opened = http.get()) {
      return renewed(opened.send(Request.post("oauth/token", tokens, json)));
    } catch (HttpFailure e) {
      throw new SourceUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  /** Refusals are 400, 401 and 403; their words are OAuth's, and hold nothing of the tokens. */
  private static Renewed renewed(Answer answer) {
    int status = answer.status();
    if (status == 400 || status == 401 || status == 403) {
      throw new CredentialsRejected(
          "Atlassian does not accept the refresh token of this app",
          "Authorize the app once more and enter the new refresh token; check the client's id and"
              + " secret.");
    }
    if (status != 200 || !answer.isJson()) {
      throw new SourceUnavailable("oauth/token answered " + status, null);
    }
    try {
      var json = SourceJson.MAPPER.readTree(answer.body());
      var access = JiraJson.text(json, "access_token");
      var refresh = JiraJson.text(json, "refresh_token");
      if (access == null || refresh == null) {
        throw new CredentialsRejected(
            "Atlassian gave no new refresh token",
            "Authorize the app with the scope offline_access.");
      }
      long seconds = Math.clamp(json.path("expires_in").asLong(3_600), 0, LONGEST_LIFE_SECONDS);
      return new Renewed(
          new Secret(access), new Secret(refresh), answer.receivedAt().plusSeconds(seconds));
    } catch (JacksonException _) { // it quotes the answer, which may be tokens
      throw new SourceUnavailable("oauth/token answered JSON that cannot be parsed", null);
    }
  }
}
