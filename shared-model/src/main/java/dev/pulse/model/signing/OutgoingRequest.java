package dev.pulse.model.signing;

import org.jspecify.annotations.Nullable;

/**
 * A request that is about to be sent, exactly as it will be: what is changed afterwards is refused.
 *
 * @param method in upper case
 * @param path encoded, as it will stand in the request line, without the query
 * @param query encoded, without the question mark; null if there is no question mark
 * @param contentType the header, null if it will not be sent
 * @param body the bytes, empty if there is none
 */
public record OutgoingRequest(
    String method, String path, @Nullable String query, @Nullable String contentType, byte[] body) {

  /** A request that reads. */
  public static OutgoingRequest get(String path, @Nullable String query) {
    return new OutgoingRequest("GET", path, query, null, new byte[0]);
  }
}
