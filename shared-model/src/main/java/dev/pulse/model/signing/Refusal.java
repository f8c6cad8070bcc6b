package dev.pulse.model.signing;

/** Why a request is not accepted, from the first check to the last. */
public sealed interface Refusal {

  /** It has no signature. */
  record Unsigned() implements Refusal {}

  /** Something is not in the one form that is accepted, or is there twice. */
  record Malformed(String what) implements Refusal {}

  /** Nobody has this key, or no longer. */
  record UnknownKey(String keyId) implements Refusal {}

  /** The API key is not that of the signing key, or missing. */
  record WrongApiKey(String keyId) implements Refusal {}

  /** It was signed for something else. */
  record WrongTag(String tag) implements Refusal {}

  /** The signature does not cover what it has to, however right it is. */
  record ComponentMissing(String component) implements Refusal {}

  /** It was signed too long ago, in the future, or for too long. */
  record Stale(long secondsAgo) implements Refusal {}

  /** The body is not the one that was signed. */
  record DigestMismatch() implements Refusal {}

  /** The signature is not of this request. */
  record WrongSignature() implements Refusal {}

  /** Stable, for programs and the audit. */
  default String code() {
    return switch (this) {
      case Unsigned _ -> "UNSIGNED";
      case Malformed _ -> "MALFORMED_SIGNATURE";
      case UnknownKey _ -> "UNKNOWN_KEY";
      case WrongApiKey _ -> "WRONG_API_KEY";
      case WrongTag _ -> "WRONG_TAG";
      case ComponentMissing _ -> "COMPONENT_NOT_SIGNED";
      case Stale _ -> "STALE_SIGNATURE";
      case DigestMismatch _ -> "BODY_CHANGED";
      case WrongSignature _ -> "WRONG_SIGNATURE";
    };
  }

  /** One sentence. */
  default String sentence() {
    return switch (this) {
      case Unsigned _ -> "The request is not signed.";
      case Malformed(var what) -> "The signature is malformed: %s.".formatted(what);
      case UnknownKey _ -> "The request is signed with a key that is not known here.";
      case WrongApiKey _ -> "The API key does not belong to the key that signed.";
      case WrongTag _ -> "The signature was made for something else.";
      case ComponentMissing(var name) -> "The signature does not cover %s.".formatted(name);
      case Stale(var seconds) ->
          "By this clock it was signed %d seconds ago: too old, too young, or for too long."
              .formatted(seconds);
      case DigestMismatch _ -> "The body is not the one that was signed.";
      case WrongSignature _ -> "The signature is not that of this request.";
    };
  }
}
