package dev.pulse.model.signing;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived.
 *
 * @param path encoded, as it stands in the request line
 * @param query encoded, without the question mark; null if there is no question mark
 * @param headers all values of the header of a name, whatever its case; one for each line
 * @param body all bytes, as received
 */
public record IncomingRequest(
    String method,
    String path,
    @Nullable String query,
    Function<String, List<String>> headers,
    byte[] body) {

  List<String> header(String name) {
    return headers.apply(name);
  }
}
