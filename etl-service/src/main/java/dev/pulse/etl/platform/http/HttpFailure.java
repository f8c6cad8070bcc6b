package dev.pulse.etl.platform.http;

import java.time.Instant;

/** A request that brought no whole answer. Messages name the host, never a query or a secret. */
public abstract sealed class HttpFailure extends RuntimeException {

  private HttpFailure(String message, Throwable cause) {
    super(message, cause);
  }

  private HttpFailure(String message) {
    super(message);
  }

  /** The address, or the way to it, is not one that sources may have; no token was sent. */
  public static final class AddressRefused extends HttpFailure {
    public AddressRefused(String message) {
      super(message);
    }
  }

  /** No connection, or one that broke: the source is down or unreachable. */
  public static final class Unreachable extends HttpFailure {
    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** It counts as down, and was not asked. */
  public static final class Down extends HttpFailure {
    private final Instant probeAt;

    public Down(String message, Instant probeAt) {
      super(message);
      this.probeAt = probeAt;
    }

    /** When it is asked again. */
    public Instant probeAt() {
      return probeAt;
    }
  }

  /** The deadline passed before the whole answer was there. */
  public static final class TimedOut extends HttpFailure {
    public TimedOut(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The answer is larger than {@link SourceSettings#maxAnswer()}. */
  public static final class TooLarge extends HttpFailure {
    public TooLarge(String message) {
      super(message);
    }
  }
}
