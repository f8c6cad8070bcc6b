package dev.pulse.model.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pulse.model.signing.Refusal.ComponentMissing;
import dev.pulse.model.signing.Refusal.DigestMismatch;
import dev.pulse.model.signing.Refusal.Malformed;
import dev.pulse.model.signing.Refusal.Stale;
import dev.pulse.model.signing.Refusal.UnknownKey;
import dev.pulse.model.signing.Refusal.Unsigned;
import dev.pulse.model.signing.Refusal.WrongApiKey;
import dev.pulse.model.signing.Refusal.WrongSignature;
import dev.pulse.model.signing.Refusal.WrongTag;
import dev.pulse.model.signing.Verification.Refused;
import dev.pulse.model.signing.Verification.Verified;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Tells whether a request was signed by a known service, just now, exactly as it arrived. */
public final class RequestVerifier {

  /** How far the clock of the sender may be from ours, either way, and how old a request may be. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private static final Duration LONGEST_LIFE = Duration.ofSeconds(60);
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final Supplier<SigningKeys> keys;

  /**
   * Makes a verifier.
   *
   * @param keys those of the moment, such as a {@link SigningKeysFile}
   */
  public RequestVerifier(Supplier<SigningKeys> keys) {
    this.keys = keys;
  }

  /** The first check that fails, or who sent it for whom. Accepting its nonce is the last step. */
  public Verification verify(IncomingRequest request, Instant now) {
    try {
      return accept(request, now);
    } catch (NotAccepted e) {
      return new Refused(e.refusal);
    } catch (IllegalArgumentException e) {
      return new Refused(new Malformed(String.valueOf(e.getMessage())));
    }
  }

  private Verified accept(IncomingRequest request, Instant now) {
    if (request.header(SignedHeaders.SIGNATURE_INPUT).isEmpty()
        && request.header(SignedHeaders.SIGNATURE).isEmpty()) {
      throw new NotAccepted(new Unsigned());
    }
    var input = SignatureParameters.parse(once(request, SignedHeaders.SIGNATURE_INPUT));
    var key =
        keys.get()
            .find(input.keyId())
            .orElseThrow(() -> new NotAccepted(new UnknownKey(input.keyId())));
    checkApiKey(request, key);
    if (!input.tag().equals(SignedHeaders.TAG)) throw new NotAccepted(new WrongTag(input.tag()));
    checkCovered(input, !request.header(SignedHeaders.CONTENT_TYPE).isEmpty());
    checkTime(input, now);
    if (!NONCE.matcher(input.nonce()).matches()) {
      throw new IllegalArgumentException("the nonce is not 16 bytes in base64url");
    }
    if (!same(once(request, SignedHeaders.CONTENT_DIGEST), BodyDigest.header(request.body()))) {
      throw new NotAccepted(new DigestMismatch());
    }
    var base = SignatureBase.of(components(request, input.components()), input.text());
    var signature = SignatureParameters.parseSignature(once(request, SignedHeaders.SIGNATURE));
    if (!MessageDigest.isEqual(key.sign(base), signature)) {
      throw new NotAccepted(new WrongSignature());
    }
    return new Verified(
        key.caller(), identity(request), key.id(), input.nonce(), worthlessFrom(input));
  }

  private static void checkApiKey(IncomingRequest request, SigningKey key) {
    var given = request.header(SignedHeaders.API_KEY);
    if (given.size() != 1 || !key.isApiKey(given.getFirst())) {
      throw new NotAccepted(new WrongApiKey(key.id()));
    }
  }

  private static void checkCovered(SignatureParameters input, boolean typed) {
    var required = SignedHeaders.components(typed);
    for (var name : required) {
      if (!input.components().contains(name)) throw new NotAccepted(new ComponentMissing(name));
    }
    if (!input.components().equals(required)) {
      throw new IllegalArgumentException("the signature covers something else besides");
    }
  }

  private static void checkTime(SignatureParameters input, Instant now) {
    long secondsAgo = now.getEpochSecond() - input.created();
    long life = input.expires() - input.created();
    if (Math.abs(secondsAgo) > TOLERANCE.toSeconds()
        || life <= 0
        || life > LONGEST_LIFE.toSeconds()
        || secondsAgo >= life) {
      throw new NotAccepted(new Stale(secondsAgo));
    }
  }

  /** Later than any clock within the tolerance would still take it. */
  private static Instant worthlessFrom(SignatureParameters input) {
    return Instant.ofEpochSecond(input.created()).plus(TOLERANCE).plus(LONGEST_LIFE);
  }

  private static SequencedMap<String, String> components(
      IncomingRequest request, List<String> names) {
    var all = new LinkedHashMap<String, String>();
    for (var name : names) {
      var value =
          switch (name) {
            case "@method" -> request.method();
            case "@path" -> request.path();
            case "@query" -> "?" + (request.query() == null ? "" : request.query());
            default -> once(request, name);
          };
      all.put(name, value);
    }
    return all;
  }

  private static Identity identity(IncomingRequest request) {
    return new Identity(
        once(request, SignedHeaders.SUBJECT),
        Identity.permissions(once(request, SignedHeaders.PERMISSIONS)),
        VisibleConnections.parse(once(request, SignedHeaders.CONNECTIONS)),
        once(request, SignedHeaders.REQUEST_ID));
  }

  private static String once(IncomingRequest request, String name) {
    var values = request.header(name);
    if (values.size() == 1) return values.getFirst();
    throw new IllegalArgumentException(
        "%s is there %d times instead of once".formatted(name, values.size()));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
  }

  /** Ends the checks at the first that fails; never leaves this class. */
  private static final class NotAccepted extends RuntimeException {
    private final transient Refusal refusal;

    NotAccepted(Refusal refusal) {
      super(refusal.code(), null, false, false);
      this.refusal = refusal;
    }
  }
}
