package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.Simulator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The grants of OAuth 2.0: an app renews its tokens with {@link Simulator#TOKEN}, and each renewal
 * ends the refresh token that was used.
 */
final class Grants {

  static final String CLIENT_SECRET = "demo-secret";

  private final AtomicInteger renewals = new AtomicInteger();
  private volatile String refreshToken = Simulator.TOKEN;
  private volatile String accessToken = "";

  /** Answers with new tokens, or refuses. */
  synchronized Answer renew(Exchange exchange) {
    var asked = exchange.json();
    boolean good =
        asked.path("grant_type").asString("").equals("refresh_token")
            && asked.path("client_secret").asString("").equals(CLIENT_SECRET)
            && asked.path("refresh_token").asString("").equals(refreshToken);
    if (!good) {
      return exchange.answer(
          403,
          Map.of(
              "error", "unauthorized_client",
              "error_description", "refresh_token is invalid"));
    }
    int number = renewals.incrementAndGet();
    refreshToken = "refresh-" + number;
    accessToken = "access-" + number;
    return exchange.answer(
        200,
        Map.of(
            "access_token",
            accessToken,
            "refresh_token",
            refreshToken,
            "expires_in",
            3_600,
            "token_type",
            "Bearer",
            "scope",
            "read:jira-work read:jira-user offline_access"));
  }

  boolean accepts(String header) {
    return !accessToken.isEmpty() && header.equals("Bearer " + accessToken);
  }

  /** The present access token is good no more. */
  void expire() {
    accessToken = "";
  }

  int renewals() {
    return renewals.get();
  }
}
