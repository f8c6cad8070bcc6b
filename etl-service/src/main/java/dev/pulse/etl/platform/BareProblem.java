package dev.pulse.etl.platform;

import dev.pulse.model.ProblemKind;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A problem of a request that no controller gets to see, in the shape of all others. */
final class BareProblem {

  static final String TYPE = "application/problem+json";

  static final ProblemKind MALFORMED =
      new ProblemKind(
          400,
          "MALFORMED_REQUEST",
          "The request is not well-formed",
          "Send a request as RFC 9110 and RFC 9112 describe it.");

  private BareProblem() {}

  /**
   * As JSON.
   *
   * @param status may be another than that of the kind
   */
  static String json(ProblemKind kind, int status, String detail) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "type", kind.type(),
                "title", kind.title(),
                "status", status,
                "detail", detail,
                "code", kind.code(),
                "remedy", kind.remedy()));
  }
}
