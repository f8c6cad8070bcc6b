/**
 * How one service of Pulse proves to another who sends a request and for whom: a narrow profile of
 * HTTP Message Signatures (RFC 9421) with HMAC-SHA256, over a Content-Digest (RFC 9530). Pure Java;
 * both sides use it. The one thing that a receiver has to add is to accept each {@link
 * dev.pulse.model.signing.Verification.Verified#nonce() nonce} of a change once.
 */
@NullMarked
package dev.pulse.model.signing;

import org.jspecify.annotations.NullMarked;
