package dev.pulse.local.github;

import dev.pulse.local.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Judges the JSON Web Tokens with which an App asks for itself: RS256, issued in the past, ending
 * within ten minutes.
 */
final class AppTokens {

  private static final long LONGEST_SECONDS = 600;

  private final Set<String> issuers;

  /**
   * A judge of the tokens of one App.
   *
   * @param issuers the names of the App: its id and its client id
   */
  AppTokens(Set<String> issuers) {
    this.issuers = Set.copyOf(issuers);
  }

  /** The refusal of a token; null if it is good. */
  @Nullable Answer refusal(@Nullable String token, PublicKey key, Instant now) {
    var parts = token == null ? new String[0] : token.split("\\.", -1);
    var header = parts.length == 3 ? json(parts[0]) : null;
    var claims = parts.length == 3 ? json(parts[1]) : null;
    if (header == null || claims == null || !header.path("alg").asString("").equals("RS256")) {
      return undecodable();
    }
    if (!issuers.contains(claims.path("iss").asString(""))) {
      return Answer.error(404, "Integration not found");
    }
    if (!signed(parts, key)) return undecodable();
    var issued = claims.path("iat");
    if (!issued.isIntegralNumber() || issued.asLong() > now.getEpochSecond()) {
      return Answer.error(
          401,
          "'Issued at' claim ('iat') must be an Integer representing the time that the assertion"
              + " was issued");
    }
    var ends = claims.path("exp");
    if (!ends.isIntegralNumber() || ends.asLong() <= now.getEpochSecond()) {
      return Answer.error(
          401,
          "'Expiration time' claim ('exp') must be a numeric value representing the future time at"
              + " which the assertion expires");
    }
    return ends.asLong() > now.getEpochSecond() + LONGEST_SECONDS
        ? Answer.error(401, "'Expiration time' claim ('exp') is too far in the future")
        : null;
  }

  private static Answer undecodable() {
    return Answer.error(401, "A JSON web token could not be decoded");
  }

  private static @Nullable JsonNode json(String part) {
    try {
      return Exchange.JSON.readTree(Base64.getUrlDecoder().decode(part));
    } catch (JacksonException | IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean signed(String[] parts, PublicKey key) {
    try {
      var verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
