package dev.pulse.backend.auth;

import dev.pulse.backend.platform.PublicAddress;
import dev.pulse.backend.sessions.Session;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * What a browser keeps. No script can read it, and no other site's page makes the browser send it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc10017">RFC 10017: browser-based applications</a>
 */
@Component
class Cookies {

  private static final String EVERYWHERE = "/";
  private static final String AUTH_ONLY = "/api/auth";
  private static final Duration DEVICE_KNOWN = Duration.ofDays(90);

  private final String access;
  private final String refresh;
  private final String device;
  private final boolean secure;
  private final AccessTokens accessTokens;
  private final RefreshTokens refreshTokens;
  private final Clock clock;

  Cookies(
      PublicAddress address, AccessTokens accessTokens, RefreshTokens refreshTokens, Clock clock) {
    this.secure = address.usesTls();
    this.access = secure ? "__Host-pulse" : "pulse";
    this.refresh = secure ? "__Secure-pulse-refresh" : "pulse-refresh";
    this.device = secure ? "__Secure-pulse-device" : "pulse-device";
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.clock = clock;
  }

  Optional<String> access(HttpServletRequest request) {
    return only(request, access);
  }

  Optional<String> refresh(HttpServletRequest request) {
    return only(request, refresh);
  }

  Optional<String> device(HttpServletRequest request) {
    return only(request, device);
  }

  /** Headers that let the browser go on with the session. */
  HttpHeaders carrying(Session session) {
    var left = Duration.between(clock.instant(), session.expiresAt());
    return headers(
        cookie(access, accessTokens.issue(session), EVERYWHERE, AccessTokens.LIFETIME),
        cookie(refresh, refreshTokens.of(session), AUTH_ONLY, left));
  }

  /** Headers by which the browser is recognised next time. */
  HttpHeaders introducing(String stamped) {
    return headers(cookie(device, stamped, AUTH_ONLY, DEVICE_KNOWN));
  }

  /** Headers that make the browser forget the session. */
  HttpHeaders forgetting() {
    return headers(
        cookie(access, "", EVERYWHERE, Duration.ZERO),
        cookie(refresh, "", AUTH_ONLY, Duration.ZERO));
  }

  private ResponseCookie cookie(String name, String value, String path, Duration life) {
    return ResponseCookie.from(name, value)
        .path(path)
        .maxAge(life)
        .httpOnly(true)
        .secure(secure)
        .sameSite("Strict")
        .build();
  }

  private static HttpHeaders headers(ResponseCookie... cookies) {
    var headers = new HttpHeaders();
    for (var cookie : cookies) headers.add(HttpHeaders.SET_COOKIE, cookie.toString());
    return headers;
  }

  /** Of two with the same name one was planted, and nobody knows which. */
  private static Optional<String> only(HttpServletRequest request, String name) {
    var sent = request.getCookies();
    if (sent == null) return Optional.empty();
    List<String> values =
        Arrays.stream(sent)
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
