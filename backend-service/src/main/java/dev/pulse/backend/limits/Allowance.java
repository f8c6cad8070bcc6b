package dev.pulse.backend.limits;

import dev.pulse.backend.platform.Problem;
import dev.pulse.model.ProblemKind;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Whether somebody may ask once more.
 *
 * @param left requests that may follow at once
 * @param rest until the next is allowed; zero if this one is
 * @param full until all are allowed again
 */
public record Allowance(Limit limit, Rate rate, long left, Duration rest, Duration full) {

  private static final ProblemKind TOO_MANY =
      new ProblemKind(
          429,
          "TOO_MANY_REQUESTS",
          "You ask too often",
          "Wait as long as Retry-After says, then ask less often.");

  public boolean isGranted() {
    return rest.isZero();
  }

  /** What to tell whoever has to wait. */
  public Problem refusal() {
    var detail =
        "%s may be %d in %d seconds.".formatted(named(), rate.requests(), seconds(rate.within()));
    return Problem.later(TOO_MANY, detail, Duration.ofSeconds(seconds(rest)));
  }

  /**
   * Says what is left, so that programs can pace themselves.
   *
   * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit
   *     header fields for HTTP</a>
   */
  public void tell(BiConsumer<String, String> header) {
    var name = limit.key();
    header.accept(
        "RateLimit-Policy",
        "\"%s\";q=%d;w=%d".formatted(name, rate.requests(), seconds(rate.within())));
    header.accept("RateLimit", "\"%s\";r=%d;t=%d".formatted(name, left, seconds(full)));
  }

  private String named() {
    return switch (limit) {
      case READS -> "Requests that only read";
      case WRITES -> "Changes";
      case DOWNLOADS -> "Downloads";
      case SIGN_IN -> "Attempts to sign in from one network";
      case STRANGERS -> "Requests from one network without a login";
    };
  }

  /** Rounded up: whoever comes back too early has to wait again. */
  private static long seconds(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }
}
