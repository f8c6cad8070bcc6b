package dev.pulse.etl.platform.http;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a source.
 *
 * @param operation what it is for, in logs and figures, such as {@code search/jql}
 * @param uri absolute, within the origin of the connection
 * @param json body; null = none
 */
public record Request(
    String operation, String method, URI uri, Map<String, String> headers, @Nullable String json) {

  public Request {
    headers = Map.copyOf(headers);
  }

  public static Request get(String operation, URI uri) {
    return new Request(operation, "GET", uri, Map.of(), null);
  }

  public static Request post(String operation, URI uri, String json) {
    return new Request(operation, "POST", uri, Map.of(), json);
  }

  public Request with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Request(operation, method, uri, more, json);
  }
}
