package dev.pulse.backend.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.SettableClock;
import dev.pulse.backend.sessions.Session;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Tokens that somebody might hope to get in with: forty and more, none of which is accepted. */
class AccessTokenCorpusTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant EPOCH = Instant.EPOCH;

  @TempDir private Path folder = Path.of("");

  private final SettableClock clock = new SettableClock();

  @Test
  void a_token_as_issued_is_accepted_until_it_expires() {
    var tokens = tokens();
    var token = tokens.issue(session());

    assertThat(tokens.session(token)).contains("AAAAAAAAAAAAAAAAAAAAAA");
    clock.advance(AccessTokens.LIFETIME.plusSeconds(4));
    assertThat(tokens.session(token)).isPresent();
    clock.advance(Duration.ofSeconds(2));
    assertThat(tokens.session(token)).isEmpty();
  }

  @Test
  void none_of_the_corpus_is_accepted() throws Exception {
    var keys = new AuthKeys(folder.resolve("keys"), clock);
    var tokens = new AccessTokens(keys, clock);
    var corpus = new LinkedHashMap<String, String>();
    new Forgery(keys.current().signer(), clock.instant()).fill(corpus);
    var good = tokens.issue(session());
    mangled(good, corpus);

    assertThat(corpus).hasSizeGreaterThanOrEqualTo(40);
    corpus.forEach((name, token) -> assertThat(tokens.session(token)).as(name).isEmpty());
    assertThat(tokens.session(good)).as("the good one, after all").isPresent();
  }

  @Test
  void the_corpus_is_refused_for_what_it_says_and_not_for_how_it_is_made() throws Exception {
    var keys = new AuthKeys(folder.resolve("keys"), clock);
    var forgery = new Forgery(keys.current().signer(), clock.instant());

    assertThat(
            new AccessTokens(keys, clock)
                .session(forgery.signed(forgery.header(), forgery.claims())))
        .isPresent();
  }

  private AccessTokens tokens() {
    return new AccessTokens(new AuthKeys(folder.resolve("keys"), clock), clock);
  }

  private static Session session() {
    return new Session("AAAAAAAAAAAAAAAAAAAAAA", 7, "", "", EPOCH, EPOCH, EPOCH, 0);
  }

  private static void mangled(String good, Map<String, String> corpus) {
    var parts = good.split("\\.");
    corpus.put("empty", "");
    corpus.put("two dots", "..");
    corpus.put("no signature", parts[0] + "." + parts[1] + ".");
    corpus.put("two parts", parts[0] + "." + parts[1]);
    corpus.put("four parts", good + "." + parts[2]);
    corpus.put("five parts, like a JWE", good + "." + parts[1] + "." + parts[2]);
    corpus.put("signature of zeros", parts[0] + "." + parts[1] + "." + "A".repeat(86));
    corpus.put("signature cut", good.substring(0, good.length() - 2));
    corpus.put("signature longer", good + "AA");
    corpus.put(
        "claims of another user",
        parts[0] + "." + parts[1].replaceFirst(".$", "A") + "." + parts[2]);
    corpus.put("padded", good + "=");
    corpus.put("with a space", good + " ");
    corpus.put("with a line end", good + "\n");
    corpus.put("parts exchanged", parts[1] + "." + parts[0] + "." + parts[2]);
    corpus.put("too long", good + "A".repeat(4_000));
    corpus.put("a script token", "pulse_pat_" + "A".repeat(43));
  }

  /** Makes tokens that are well signed, and wrong in one point each. */
  private static final class Forgery {

    private final KeyRing.SigningKey key;
    private final long now;

    Forgery(KeyRing.SigningKey key, Instant now) {
      this.key = key;
      this.now = now.getEpochSecond();
    }

    Map<String, Object> header() {
      return new LinkedHashMap<>(Map.of("alg", "ES256", "typ", "at+jwt", "kid", key.id()));
    }

    Map<String, Object> claims() {
      return new LinkedHashMap<>(
          Map.of(
              "iss",
              "pulse",
              "aud",
              "pulse-gateway",
              "sub",
              "7",
              "sid",
              "AAAAAAAAAAAAAAAAAAAAAA",
              "iat",
              now,
              "nbf",
              now,
              "exp",
              now + 300));
    }

    void fill(Map<String, String> corpus) throws Exception {
      badHeaders(corpus);
      badClaims(corpus);
      confused(corpus);
    }

    private void badHeaders(Map<String, String> corpus) throws Exception {
      var changes = new LinkedHashMap<String, Object>();
      changes.put("typ", "JWT");
      changes.put("typ ", "refresh+jwt");
      changes.put("kid", "unknown");
      changes.put("kid ", "../../../../dev/null");
      changes.put("kid  ", "' or 1=1 --");
      changes.put("jku", "http://127.0.0.1:1/jwks.json");
      changes.put("x5u", "http://127.0.0.1:1/cert.pem");
      changes.put("x5c", new String[] {"MIIB"});
      changes.put("jwk", key.jwk());
      changes.put("crit", new String[] {"exp"});
      changes.put("crit ", new String[] {"b64"});
      changes.put("b64", false);
      changes.put("zip", "DEF");
      changes.put("cty", "JWT");
      for (var change : changes.entrySet()) {
        var header = header();
        header.put(change.getKey().strip(), change.getValue());
        corpus.put("header " + change, signed(header, claims()));
      }
      for (var name : new String[] {"typ", "kid"}) {
        var header = header();
        header.remove(name);
        corpus.put("header without " + name, signed(header, claims()));
      }
    }

    private void badClaims(Map<String, String> corpus) throws Exception {
      var changes = new LinkedHashMap<String, Object>();
      changes.put("iss", "pulse2");
      changes.put("iss ", "PULSE");
      changes.put("aud", "pulse-etl");
      changes.put("aud ", "pulse-gateway2");
      changes.put("sub", "0");
      changes.put("sub ", "7 or 1=1");
      changes.put("sid", "short");
      changes.put("sid ", 7);
      changes.put("exp", now - 30);
      changes.put("exp ", "tomorrow");
      changes.put("nbf", now + 30);
      for (var change : changes.entrySet()) {
        var claims = claims();
        claims.put(change.getKey().strip(), change.getValue());
        corpus.put("claim " + change, signed(header(), claims));
      }
      for (var name : new String[] {"iss", "aud", "sub", "sid", "exp", "nbf"}) {
        var claims = claims();
        claims.remove(name);
        corpus.put("claims without " + name, signed(header(), claims));
      }
    }

    /** Other algorithms, and keys that the attacker knows. */
    private void confused(Map<String, String> corpus) throws Exception {
      for (var none : new String[] {"none", "None", "NONE", "nOnE"}) {
        var header = header();
        header.put("alg", none);
        corpus.put("alg " + none, unsigned(header, claims()) + ".");
        corpus.put("alg " + none + " with a signature", unsigned(header, claims()) + ".AAAA");
      }
      var publicKey = new SecretKeySpec(key.publicKey().getEncoded(), "HmacSHA256");
      corpus.put(
          "HS256 with the public key",
          Jwts.builder()
              .header()
              .add(withoutAlgorithm())
              .and()
              .claims(claims())
              .signWith(publicKey)
              .compact());
      var other = Jwts.SIG.ES256.keyPair().build();
      corpus.put("another's key", signed(header(), claims(), other.getPrivate()));
      var rsa = Jwts.SIG.RS256.keyPair().build();
      corpus.put(
          "RS256",
          Jwts.builder()
              .header()
              .add(withoutAlgorithm())
              .and()
              .claims(claims())
              .signWith(rsa.getPrivate())
              .compact());
      var larger = Jwts.SIG.ES384.keyPair().build();
      corpus.put(
          "ES384",
          Jwts.builder()
              .header()
              .add(withoutAlgorithm())
              .and()
              .claims(claims())
              .signWith(larger.getPrivate())
              .compact());
    }

    private Map<String, Object> withoutAlgorithm() {
      var header = header();
      header.remove("alg");
      return header;
    }

    String signed(Map<String, Object> header, Map<String, Object> claims) throws Exception {
      return signed(header, claims, key.privateKey());
    }

    private static String signed(
        Map<String, Object> header, Map<String, Object> claims, PrivateKey key) throws Exception {
      var text = unsigned(header, claims);
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + base64(signature.sign());
    }

    private static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
      return base64(JSON.writeValueAsBytes(header)) + "." + base64(JSON.writeValueAsBytes(claims));
    }

    private static String base64(byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
  }
}
