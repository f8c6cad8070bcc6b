package dev.pulse.etl.proofs;

import java.util.List;

/**
 * An answer of a source that is no help: SENT in it stands for the credentials of the request, PAGE
 * for a secret of the source's own.
 *
 * @param atSignIn only whoever asks for a token is answered so, and needs one for everything; else
 *     only data are
 */
record Echo(int status, String type, String body, boolean atSignIn) {

  private static final String JSON = "application/json";

  /** Such as every API has in its errors, in one way or another. */
  private static final String WORDS =
      """
      {"message":"no SENT","errorMessages":["no SENT"],"errors":{"field":"no SENT"},"error":"SENT",
      "error_description":"no SENT"}
      """;

  static final List<Echo> ALL =
      List.of(
          new Echo(401, JSON, WORDS, false),
          new Echo(403, JSON, WORDS, false),
          new Echo(400, JSON, WORDS, false),
          new Echo(500, "text/html", "<p>SENT PAGE</p>", false),
          new Echo(200, "text/html", "<p>SENT PAGE</p>", false),
          new Echo(200, JSON, "SENT", false),
          new Echo(200, JSON, "{\"values\":\"SENT", false),
          new Echo(200, JSON, WORDS, false),
          new Echo(302, "text/plain", "SENT PAGE", false),
          new Echo(429, JSON, WORDS, false),
          new Echo(400, JSON, WORDS, true),
          new Echo(200, JSON, "SENT", true),
          new Echo(200, JSON, WORDS, true));
}
