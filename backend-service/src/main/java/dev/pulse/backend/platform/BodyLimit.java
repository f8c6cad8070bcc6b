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
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Stops reading a body that is larger than anything sensible, whether or not it says its size. */
@Component
@Order(0)
class BodyLimit extends OncePerRequestFilter {

  private final HandlerExceptionResolver problems;
  private final long most;

  /** {@code pulse.http.max-body}: of one request. */
  BodyLimit(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
      @Value("${pulse.http.max-body:1MB}") DataSize most) {
    this.problems = problems;
    this.most = most.toBytes();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > most) {
      problems.resolveException(request, response, null, tooLarge());
    } else {
      chain.doFilter(new Limited(request), response);
    }
  }

  private Problem tooLarge() {
    return new Problem(
        new ProblemKind(413, "BODY_TOO_LARGE", "The body is too large", "Send less at once."),
        "A body may have %d bytes.".formatted(most));
  }

  private final class Limited extends HttpServletRequestWrapper {

    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counted(super.getInputStream());
    }
  }

  private final class Counted extends ServletInputStream {

    private final ServletInputStream body;
    private long read;

    Counted(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int next = body.read();
      if (next >= 0) count(1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int got = body.read(into, offset, length);
      if (got > 0) count(got);
      return got;
    }

    private void count(int bytes) {
      read += bytes;
      if (read > most) throw tooLarge();
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
