package dev.pulse.model.signing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Signs requests in the name of one service. */
public final class RequestSigner {

  private static final Duration LIFE = Duration.ofSeconds(60);

  private final Supplier<SigningKeys> keys;
  private final String caller;
  private final SecureRandom random = new SecureRandom();

  /**
   * Makes a signer.
   *
   * @param keys those of the moment, such as a {@link SigningKeysFile}
   * @param caller whose key signs
   * @throws SigningKeys.UnusableKeys if the caller has no key, or not its API key
   */
  public RequestSigner(Supplier<SigningKeys> keys, String caller) {
    this.keys = keys;
    this.caller = caller;
    apiKey(keys.get().signer(caller));
  }

  /**
   * The headers to add, once each, after all of these names were removed. Content-Type is not among
   * them, and has to be sent exactly as it was said.
   *
   * @param now by which the receiver judges how old the request is; half a minute is accepted
   * @throws IllegalArgumentException if a part of the request cannot be signed, such as a path that
   *     is not encoded
   */
  public SequencedMap<String, String> sign(
      OutgoingRequest request, Identity identity, Instant now) {
    var key = keys.get().signer(caller);
    var headers = new LinkedHashMap<String, String>();
    headers.put(SignedHeaders.CONTENT_DIGEST, BodyDigest.header(request.body()));
    headers.put(SignedHeaders.SUBJECT, identity.subject());
    headers.put(SignedHeaders.PERMISSIONS, identity.permissionsText());
    headers.put(SignedHeaders.CONNECTIONS, identity.connections().text());
    headers.put(SignedHeaders.REQUEST_ID, identity.requestId());

    var components = components(request, headers);
    var parameters =
        SignatureParameters.of(components.sequencedKeySet(), now, LIFE, nonce(), key.id());
    var signature = key.sign(SignatureBase.of(components, parameters.text()));
    headers.put(SignedHeaders.SIGNATURE_INPUT, SignedHeaders.LABEL + "=" + parameters.text());
    headers.put(
        SignedHeaders.SIGNATURE,
        "%s=:%s:".formatted(SignedHeaders.LABEL, Base64.getEncoder().encodeToString(signature)));
    headers.put(SignedHeaders.API_KEY, apiKey(key));
    return Collections.unmodifiableSequencedMap(headers);
  }

  private static SequencedMap<String, String> components(
      OutgoingRequest request, SequencedMap<String, String> headers) {
    var all = new LinkedHashMap<String, String>();
    all.put("@method", request.method());
    all.put("@path", request.path());
    all.put("@query", "?" + (request.query() == null ? "" : request.query()));
    all.put("content-digest", headers.get(SignedHeaders.CONTENT_DIGEST));
    if (request.contentType() != null) all.put("content-type", request.contentType());
    all.put("pulse-subject", headers.get(SignedHeaders.SUBJECT));
    all.put("pulse-permissions", headers.get(SignedHeaders.PERMISSIONS));
    all.put("pulse-connections", headers.get(SignedHeaders.CONNECTIONS));
    all.put("pulse-request-id", headers.get(SignedHeaders.REQUEST_ID));
    return all;
  }

  private String apiKey(SigningKey key) {
    return key.apiKey()
        .orElseThrow(
            () ->
                new SigningKeys.UnusableKeys(
                    "the key %s of %s has no API key, only its hash".formatted(key.id(), caller)));
  }

  /** 128 bits. */
  private String nonce() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
