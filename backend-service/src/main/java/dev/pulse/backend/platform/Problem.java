package dev.pulse.backend.platform;

import dev.pulse.model.ProblemKind;
import dev.pulse.model.ProblemKind.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something a client asked for that cannot be done; answered as problem+json. */
public final class Problem extends RuntimeException {

  private final ProblemKind kind;
  private final List<FieldError> errors;
  private final @Nullable Duration retryAfter;

  /**
   * Describes the problem.
   *
   * @param detail what happened this time
   */
  public Problem(ProblemKind kind, String detail) {
    this(kind, detail, List.of(), null);
  }

  private Problem(
      ProblemKind kind, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
    super(detail);
    this.kind = kind;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /** There is no such thing. */
  public static Problem notFound(String what, Object id) {
    return new Problem(ProblemKind.NOT_FOUND, "There is no %s %s.".formatted(what, id));
  }

  /** The input is wrong in the fields named. */
  public static Problem invalid(List<FieldError> errors) {
    var first = errors.getFirst();
    return new Problem(
        ProblemKind.INVALID_INPUT, first.field() + ": " + first.message(), errors, null);
  }

  public static Problem invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** It may be asked again after a while. */
  public static Problem later(ProblemKind kind, String detail, Duration retryAfter) {
    return new Problem(kind, detail, List.of(), retryAfter);
  }

  public ProblemKind kind() {
    return kind;
  }

  public List<FieldError> errors() {
    return errors;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
