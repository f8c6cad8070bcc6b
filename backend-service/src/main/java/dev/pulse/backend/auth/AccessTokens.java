package dev.pulse.backend.auth;

import dev.pulse.backend.sessions.Session;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The tokens that browsers send with every request: ES256 JWTs that live for minutes and say which
 * session it is. What the session may do is not in them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725: JWT best current practices</a>
 */
@Component
class AccessTokens {

  static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final String ISSUER = "pulse";
  private static final String AUDIENCE = "pulse-gateway";
  private static final String TYPE = "at+jwt";
  private static final String SESSION = "sid";
  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final int LONGEST = 1_024;

  /** Nothing that names a key, a place or a procedure of the sender's choice. */
  private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");

  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final Pattern USER = Pattern.compile("[1-9][0-9]{0,18}");
  private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final AuthKeys keys;
  private final Clock clock;

  AccessTokens(AuthKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  String issue(Session session) {
    var signer = keys.current().signer();
    var now = clock.instant();
    return Jwts.builder()
        .header()
        .type(TYPE)
        .keyId(signer.id())
        .and()
        .issuer(ISSUER)
        .audience()
        .add(AUDIENCE)
        .and()
        .subject(Long.toString(session.userId()))
        .claim(SESSION, session.id())
        .issuedAt(Date.from(now))
        .notBefore(Date.from(now))
        .expiration(Date.from(now.plus(LIFETIME)))
        .signWith(signer.privateKey(), Jwts.SIG.ES256)
        .compact();
  }

  /** The session that a token was issued for; empty unless everything about it is as issued. */
  Optional<String> session(String token) {
    if (token.length() > LONGEST || !COMPACT.matcher(token).matches()) return Optional.empty();
    try {
      var claims = parse(token);
      return asIssued(claims) ? Optional.of(claims.get(SESSION, String.class)) : Optional.empty();
    } catch (JwtException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Claims parse(String token) {
    return Jwts.parser()
        .sig()
        .clear()
        .add(Jwts.SIG.ES256)
        .and()
        .zip()
        .clear()
        .and()
        .keyLocator(this::key)
        .clock(() -> Date.from(clock.instant()))
        .clockSkewSeconds(SKEW.toSeconds())
        .requireIssuer(ISSUER)
        .requireAudience(AUDIENCE)
        .build()
        .parseSignedClaims(token)
        .getPayload();
  }

  /** Asked before the signature is checked, so this is where a strange header ends. */
  private Key key(Header header) {
    if (!header.keySet().equals(HEADERS) || !TYPE.equals(header.getType())) {
      throw new UnsupportedJwtException("not a header of ours");
    }
    return keys.current()
        .verifier(String.valueOf(header.get("kid")))
        .orElseThrow(() -> new UnsupportedJwtException("signed by a key that is unknown"))
        .publicKey();
  }

  /** The parser compares times only where they are given. */
  private static boolean asIssued(Claims claims) {
    return claims.getExpiration() != null
        && claims.getNotBefore() != null
        && claims.getSubject() != null
        && USER.matcher(claims.getSubject()).matches()
        && claims.get(SESSION) instanceof String session
        && SESSION_ID.matcher(session).matches();
  }
}
