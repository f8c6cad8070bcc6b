package dev.pulse.backend.gateway;

import dev.pulse.backend.platform.Problem;
import dev.pulse.model.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A body as it came, whole: its digest is signed, and the signature goes before it. How large it
 * may be the platform has limited.
 *
 * @param type the header, as it came; null if there is no body
 */
record RequestBody(byte[] bytes, @Nullable String type) {

  /** However many bytes are still to come; a line that is slower than that is none. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final ProblemKind SLOW =
      new ProblemKind(
          408, "BODY_TOO_SLOW", "The body takes too long", "Send it again over a faster line.");
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
      bytes = read(request);
    } catch (SocketTimeoutException e) {
      throw new Problem(SLOW, "Nothing came for too long.");
    } catch (IOException e) {
      throw Problem.invalid("body", "broke off or is not well-formed");
    }
    if (bytes.length == 0) return NONE;
    if (!isJson(type)) throw new Problem(NOT_JSON, "The body is not application/json.");
    return new RequestBody(bytes, type);
  }

  private static byte[] read(HttpServletRequest request) throws IOException {
    var whole = new ByteArrayOutputStream();
    var part = new byte[8 * 1024];
    long last = System.nanoTime() + LONGEST.toNanos();
    var body = request.getInputStream();
    for (int got = body.read(part); got >= 0; got = body.read(part)) {
      whole.write(part, 0, got);
      if (System.nanoTime() - last > 0) throw new Problem(SLOW, "It was given 30 seconds.");
    }
    return whole.toByteArray();
  }

  private static boolean isJson(@Nullable String type) {
    try {
      return type != null && MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(type));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
