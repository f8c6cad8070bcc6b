package dev.pulse.model.signing;

import java.util.ArrayList;
import java.util.List;

/**
 * The names of the headers that travel with a signed request. Whoever signs removes them, in
 * whatever spelling, from what came from outside.
 */
public final class SignedHeaders {

  public static final String SIGNATURE = "Signature";
  public static final String SIGNATURE_INPUT = "Signature-Input";
  public static final String CONTENT_DIGEST = "Content-Digest";
  public static final String CONTENT_TYPE = "Content-Type";
  public static final String API_KEY = "Pulse-Api-Key";
  public static final String SUBJECT = "Pulse-Subject";
  public static final String PERMISSIONS = "Pulse-Permissions";
  public static final String CONNECTIONS = "Pulse-Connections";
  public static final String REQUEST_ID = "Pulse-Request-Id";

  /** The only signature that is looked at; a message with another beside it is refused. */
  static final String LABEL = "pulse";

  /** What the signature is for, so that one made for something else is worth nothing here. */
  static final String TAG = "pulse-internal-1";

  private SignedHeaders() {}

  /**
   * What the signature covers, in this order.
   *
   * @param typed whether the request has a Content-Type
   */
  static List<String> components(boolean typed) {
    var all = new ArrayList<>(List.of("@method", "@path", "@query", "content-digest"));
    if (typed) all.add("content-type");
    all.addAll(
        List.of("pulse-subject", "pulse-permissions", "pulse-connections", "pulse-request-id"));
    return List.copyOf(all);
  }
}
