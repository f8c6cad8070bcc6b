package dev.pulse.etl.connectors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a source did not give what was asked, told apart by what the engine does next. Messages are
 * for the operator: they name the operation, never a secret or a body.
 */
public abstract sealed class SourceFailure extends RuntimeException {

  /** {@link #code()} of an {@link AccessDenied}. */
  public static final String ACCESS_DENIED = "ACCESS_DENIED";

  private final String remedy;

  private SourceFailure(String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
  }

  /** What the operator can do about it, one sentence. */
  public String remedy() {
    return remedy;
  }

  /** Tells it from other failures, for programs; it never changes. */
  public String code() {
    return switch (this) {
      case CredentialsRejected _ -> "CREDENTIALS_REJECTED";
      case AccessDenied _ -> ACCESS_DENIED;
      case WrongProduct _ -> "WRONG_PRODUCT";
      case RateLimited _ -> "RATE_LIMITED";
      case TooHeavy _ -> "TOO_HEAVY";
      case PositionExpired _ -> "POSITION_EXPIRED";
      case SourceUnavailable _ -> "SOURCE_UNAVAILABLE";
      case RequestRefused _ -> "REQUEST_REFUSED";
    };
  }

  /** The token is wrong, expired or revoked: the run fails at once and asks no more. */
  public static final class CredentialsRejected extends SourceFailure {
    public CredentialsRejected(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** The token may not read this: the partition is reported by name, the others go on. */
  public static final class AccessDenied extends SourceFailure {
    public AccessDenied(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** The answer is not from the product the connector knows: the run fails at once. */
  public static final class WrongProduct extends SourceFailure {
    public WrongProduct(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** The source allows no more requests until {@link #until()}: the run waits. */
  public static final class RateLimited extends SourceFailure {
    private final Instant until;

    public RateLimited(String message, Instant until) {
      super(message, "Nothing to do: the run goes on by itself.", null);
      this.until = until;
    }

    public Instant until() {
      return until;
    }
  }

  /** The page was too large for the source: the same position is asked for a smaller one. */
  public static final class TooHeavy extends SourceFailure {
    public TooHeavy(String message) {
      super(message, "Nothing to do: smaller pages are asked for.", null);
    }
  }

  /** The source forgot the position: the walk goes on from the fallback, or its floor. */
  public static final class PositionExpired extends SourceFailure {
    private final @Nullable Position fallback;

    public PositionExpired(String message, @Nullable Position fallback) {
      super(message, "Nothing to do: the walk goes on from a position that holds.", null);
      this.fallback = fallback;
    }

    public @Nullable Position fallback() {
      return fallback;
    }
  }

  /** No answer, a server error, or an answer that cannot be parsed: tried again, with patience. */
  public static final class SourceUnavailable extends SourceFailure {
    public SourceUnavailable(String message, @Nullable Throwable cause) {
      super(message, "Pulse tries again; if it lasts, ask whoever runs the source.", cause);
    }
  }

  /** The source refuses the request itself, such as an unknown field in a query. */
  public static final class RequestRefused extends SourceFailure {
    public RequestRefused(String message, String remedy) {
      super(message, remedy, null);
    }
  }
}
