package dev.pulse.local.github;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request is answered with.
 *
 * @param body written as JSON, a String as HTML, null as nothing
 */
record Answer(int status, Map<String, String> headers, @Nullable Object body) {
  static final String DOCUMENTATION = "https://docs.github.com/rest";

  static Answer ok(Object body) {
    return new Answer(200, Map.of(), body);
  }

  /** An error in GitHub's form. */
  static Answer error(int status, String message) {
    return new Answer(
        status,
        Map.of(),
        Map.of(
            "message", message,
            "documentation_url", DOCUMENTATION,
            "status", String.valueOf(status)));
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
