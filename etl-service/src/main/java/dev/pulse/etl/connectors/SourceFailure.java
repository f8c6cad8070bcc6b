package dev.pulse.etl.connectors;

import java.time.Duration;
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

  /**
   * The source allows no more requests for a while: the run waits. How long, not until when: the
   * clocks of the source, of this node and of the database need not agree.
   */
  public static final class RateLimited extends SourceFailure {

    /** A wait that is over already would be a storm of requests. */
    public static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final Duration retryAfter;
    private final long toldNanos = System.nanoTime();

    /**
     * A limit.
     *
     * @param retryAfter when the source wants to be asked again; a second from now, if sooner
     */
    public RateLimited(String message, Duration retryAfter) {
      super(message, "Nothing to do: the run goes on by itself.", null);
      this.retryAfter = atLeastShortest(retryAfter);
    }

    /** How long to wait, counted from when it was told. */
    public Duration retryAfter() {
      return retryAfter;
    }

    /** How long to wait from now on. */
    public Duration left() {
      return atLeastShortest(retryAfter.minusNanos(System.nanoTime() - toldNanos));
    }

    private static Duration atLeastShortest(Duration wait) {
      return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
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
