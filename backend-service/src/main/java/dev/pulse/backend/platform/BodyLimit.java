package dev.pulse.backend.platform;

import dev.pulse.model.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Stops reading a body that is larger than anything sensible, whether or not it says its size, or
 * that takes longer. Whoever has not signed in has little to say.
 */
@Component
@Order(0)
class BodyLimit extends OncePerRequestFilter {

  /** Where anybody may send something: an e-mail and a password, or less. */
  private static final String ANYBODY = "/api/auth/";

  private static final DataSize MOST_OF_ANYBODY = DataSize.ofKilobytes(16);

  private static final ProblemKind TOO_LARGE =
      new ProblemKind(413, "BODY_TOO_LARGE", "The body is too large", "Send less at once.");
  private static final ProblemKind TOO_SLOW =
      new ProblemKind(
          408, "BODY_TOO_SLOW", "The body takes too long", "Send it again over a faster line.");

  private final HandlerExceptionResolver problems;
  private final long most;
  private final Duration longest;

  /**
   * Sets the limits.
   *
   * @param most {@code pulse.http.max-body}: of one request
   * @param longest {@code pulse.http.body-deadline}: until its last byte, however many they are
   */
  BodyLimit(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
      @Value("${pulse.http.max-body:1MB}") DataSize most,
      @Value("${pulse.http.body-deadline:30s}") Duration longest) {
    this.problems = problems;
    this.most = most.toBytes();
    this.longest = longest;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long allowed =
        request.getRequestURI().startsWith(ANYBODY)
            ? Math.min(most, MOST_OF_ANYBODY.toBytes())
            : most;
    if (request.getContentLengthLong() > allowed) {
      problems.resolveException(request, response, null, tooLarge(allowed));
    } else {
      chain.doFilter(new Limited(request, allowed), response);
    }
  }

  private static Problem tooLarge(long allowed) {
    return new Problem(TOO_LARGE, "A body may have %d bytes.".formatted(allowed));
  }

  private final class Limited extends HttpServletRequestWrapper {

    private final long allowed;

    Limited(HttpServletRequest request, long allowed) {
      super(request);
      this.allowed = allowed;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counted(super.getInputStream(), allowed);
    }
  }

  private final class Counted extends ServletInputStream {

    private final ServletInputStream body;
    private final long allowed;
    private final long last = System.nanoTime() + longest.toNanos();
    private long read;

    Counted(ServletInputStream body, long allowed) {
      this.body = body;
      this.allowed = allowed;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int got;
      try {
        got = body.read(into, offset, length);
      } catch (SocketTimeoutException e) {
        throw new Problem(TOO_SLOW, "Nothing came for too long.");
      }
      if (got > 0) count(got);
      return got;
    }

    private void count(int bytes) {
      read += bytes;
      if (read > allowed) throw tooLarge(allowed);
      if (System.nanoTime() - last > 0) {
        throw new Problem(TOO_SLOW, "It was given %d seconds.".formatted(longest.toSeconds()));
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
