package dev.pulse.backend.auth;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.Routes;
import dev.pulse.backend.limits.Allowance;
import dev.pulse.backend.limits.Limit;
import dev.pulse.backend.limits.RateLimits;
import dev.pulse.backend.platform.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Whose allowance a request takes from: the user's, the script token's, or that of the session that
 * a refresh token proves; of all others, that of the network from which it comes.
 */
@Component
class Asker {

  private static final Set<String> SIGN_IN = Set.of("/api/auth/login", "/api/auth/link");
  private static final Set<String> GO_ON = Set.of("/api/auth/refresh", "/api/auth/logout");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final RateLimits limits;
  private final ClientAddresses addresses;
  private final Cookies cookies;
  private final RefreshTokens refreshTokens;

  Asker(
      RateLimits limits, ClientAddresses addresses, Cookies cookies, RefreshTokens refreshTokens) {
    this.limits = limits;
    this.addresses = addresses;
    this.cookies = cookies;
    this.refreshTokens = refreshTokens;
  }

  /** Counts a request. */
  Allowance spend(HttpServletRequest request) {
    var path = request.getRequestURI();
    if (SIGN_IN.contains(path)) return limits.spend(Limit.SIGN_IN, network(request));
    var caller = Caller.current();
    if (caller.isPresent()) return limits.spend(limit(request), subject(caller.get()));
    var session =
        GO_ON.contains(path)
            ? cookies.refresh(request).flatMap(refreshTokens::read)
            : Optional.<RefreshTokens.Content>empty();
    return session
        .map(token -> limits.spend(Limit.WRITES, "session:" + token.session()))
        .orElseGet(() -> limits.spend(Limit.STRANGERS, network(request)));
  }

  /** Whether whatever is sent without a login from there is refused for the moment. */
  boolean isResting(HttpServletRequest request) {
    return limits.isResting(Limit.STRANGERS, network(request));
  }

  private static Limit limit(HttpServletRequest request) {
    if (!READING.contains(request.getMethod())) return Limit.WRITES;
    return Routes.isDownload(request.getRequestURI()) ? Limit.DOWNLOADS : Limit.READS;
  }

  private static String subject(Caller caller) {
    return switch (caller.proof()) {
      case Caller.Browser _ -> "user:" + caller.userId();
      case Caller.Script(var token) -> "token:" + token;
    };
  }

  private String network(HttpServletRequest request) {
    return "network:" + addresses.network(request);
  }
}
