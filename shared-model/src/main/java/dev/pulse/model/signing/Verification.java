package dev.pulse.model.signing;

import java.time.Instant;

/** What the verification of a request found. */
public sealed interface Verification {

  /**
   * The request is what the caller sent, and it is fresh. A change is still to be accepted once
   * only: the receiver stores the nonce, and refuses the request if it is there already.
   *
   * @param caller the service that sent it
   * @param identity for whom
   * @param keyId the nonce is unique for this key
   * @param nonce of 128 bits
   * @param worthlessFrom from then on the request is refused as stale, and the nonce may go
   */
  record Verified(
      String caller, Identity identity, String keyId, String nonce, Instant worthlessFrom)
      implements Verification {}

  /** The request is not to be obeyed. */
  record Refused(Refusal reason) implements Verification {}
}
