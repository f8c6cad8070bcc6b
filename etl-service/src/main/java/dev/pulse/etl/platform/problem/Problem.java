package dev.pulse.etl.platform.problem;

import java.util.List;
import org.springframework.http.HttpStatus;

/** Something a client asked for that cannot be done; answered as problem+json. */
public class Problem extends RuntimeException {

  private final HttpStatus status;
  private final String code;
  private final String title;
  private final String remedy;
  private final List<FieldError> errors;

  /**
   * One field of the input that is wrong.
   *
   * @param field path in the body, such as {@code settings.baseUrl}, or name of the parameter
   */
  public record FieldError(String field, String message) {}

  /**
   * Describes the problem.
   *
   * @param code stable, upper case, for programs
   * @param title the same for every problem of this code
   * @param detail what happened this time
   * @param remedy what the client should do, one sentence
   */
  public Problem(
      HttpStatus status,
      String code,
      String title,
      String detail,
      String remedy,
      List<FieldError> errors) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
    this.remedy = remedy;
    this.errors = List.copyOf(errors);
  }

  /** There is no such thing. */
  public static Problem notFound(String what, Object id) {
    return new Problem(
        HttpStatus.NOT_FOUND,
        "NOT_FOUND",
        "There is no such thing",
        "There is no %s %s.".formatted(what, id),
        "Look it up in the list.",
        List.of());
  }

  /** The input is wrong in the fields named. */
  public static Problem invalid(List<FieldError> errors, String remedy) {
    var first = errors.getFirst();
    return new Problem(
        HttpStatus.BAD_REQUEST,
        "INVALID_INPUT",
        "The input is not valid",
        first.field() + ": " + first.message(),
        remedy,
        errors);
  }

  public static Problem invalid(String field, String message, String remedy) {
    return invalid(List.of(new FieldError(field, message)), remedy);
  }

  /** What was asked does not fit how things stand. */
  public static Problem conflict(String code, String title, String detail, String remedy) {
    return new Problem(HttpStatus.CONFLICT, code, title, detail, remedy, List.of());
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String title() {
    return title;
  }

  public String remedy() {
    return remedy;
  }

  public List<FieldError> errors() {
    return errors;
  }
}
