package dev.pulse.backend.platform;

/**
 * A problem that is a part of an answer, because the rest of it can be given.
 *
 * @param code stable, for programs
 * @param remedy what to do about it
 */
public record ProblemSummary(String code, String title, String detail, String remedy) {

  public static ProblemSummary of(Problem problem) {
    var kind = problem.kind();
    return new ProblemSummary(
        kind.code(), kind.title(), String.valueOf(problem.getMessage()), kind.remedy());
  }
}
