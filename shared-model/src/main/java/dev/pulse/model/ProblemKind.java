package dev.pulse.model;

import java.util.Locale;

/**
 * A kind of refusal or failure, as every service tells it (RFC 9457).
 *
 * @param status of HTTP
 * @param code stable, upper case, for programs
 * @param title the same for every problem of this kind
 * @param remedy what the client should do, one sentence
 */
public record ProblemKind(int status, String code, String title, String remedy) {

  public static final ProblemKind NOT_FOUND =
      new ProblemKind(404, "NOT_FOUND", "There is no such thing", "Look it up in the list.");
  public static final ProblemKind INVALID_INPUT =
      new ProblemKind(
          400, "INVALID_INPUT", "The input is not valid", "Compare the request with /docs.");
  public static final ProblemKind CHANGED_MEANWHILE =
      new ProblemKind(
          409,
          "CHANGED_MEANWHILE",
          "Somebody else has changed it",
          "Load it again and repeat the change.");
  public static final ProblemKind CONFLICT =
      new ProblemKind(
          409,
          "CONFLICT",
          "It does not fit what is stored",
          "Load it again and choose another name.");
  public static final ProblemKind INTERNAL =
      new ProblemKind(
          500,
          "INTERNAL",
          "Something in Pulse failed",
          "Try again; if it happens again, look for the request id in the log.");

  public ProblemKind {
    if (status < 400 || status > 599) throw new IllegalArgumentException("no problem: " + status);
    if (!code.matches("[A-Z][A-Z0-9_]*")) throw new IllegalArgumentException("no code: " + code);
  }

  /** Where the kind is described; relative, as it is the same on every installation. */
  public String type() {
    return "/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The same kind with advice that fits the case better. */
  public ProblemKind advising(String other) {
    return new ProblemKind(status, code, title, other);
  }

  /**
   * One field of the input that is wrong.
   *
   * @param field path in the body, such as {@code settings.baseUrl}, or name of the parameter
   */
  public record FieldError(String field, String message) {}
}
