package dev.pulse.backend.gateway;

import dev.pulse.backend.platform.Problem;
import dev.pulse.model.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A body as it came, whole: its digest is signed, and the signature goes before it. How large it
 * may be, and how long it may take, the platform has limited.
 *
 * @param type the header, as it came; null if there is no body
 */
record RequestBody(byte[] bytes, @Nullable String type) {

  private static final ProblemKind NOT_JSON =
      new ProblemKind(
          415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type", "Send application/json.");

  static final RequestBody NONE = new RequestBody(new byte[0], null);

  /**
   * Reads it.
   *
   * @throws Problem 400 if it breaks off, 408 if it comes too slowly, 413 if it is too large, 415
   *     if it is not JSON
   */
  static RequestBody of(HttpServletRequest request) {
    var type = request.getContentType();
    byte[] bytes;
    try {
      bytes = request.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw Problem.invalid("body", "broke off or is not well-formed");
    }
    if (bytes.length == 0) return NONE;
    if (!isJson(type)) throw new Problem(NOT_JSON, "The body is not application/json.");
    return new RequestBody(bytes, type);
  }

  private static boolean isJson(@Nullable String type) {
    try {
      return type != null && MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(type));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
