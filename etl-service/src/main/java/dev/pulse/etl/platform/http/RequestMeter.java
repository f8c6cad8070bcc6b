package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.platform.telemetry.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.net.URI;
import java.time.Duration;

/**
 * Measures the requests of one user, in figures and in traces. Of an address the host is told, and
 * the operation without its ids; never a query, a header or a body.
 *
 * @param user the id of a connector
 */
record RequestMeter(String user, Meters meters, Spans spans) {

  static final int NO_ANSWER = 0;

  /** A request is about to be sent. */
  Measured begin(Request request) {
    var operation = meters.operation(user, request.operation());
    URI uri = request.uri();
    var span =
        spans
            .question(request.method() + " " + operation)
            .setAttribute("http.request.method", request.method())
            .setAttribute("server.address", uri.getHost())
            .setAttribute("url.template", operation)
            .setAttribute("pulse.connector", user);
    return new Measured(operation, span, System.nanoTime());
  }

  /** A request that is on its way. */
  final class Measured {

    private final String operation;
    private final Span span;
    private final long begun;

    Measured(String operation, Span span, long begun) {
      this.operation = operation;
      this.span = span;
      this.begun = begun;
    }

    /**
     * It has ended.
     *
     * @param status of the answer, or {@link #NO_ANSWER}
     */
    void ended(int status) {
      if (status != NO_ANSWER) span.setAttribute("http.response.status_code", status);
      if (status == NO_ANSWER || status >= 400) span.setStatus(StatusCode.ERROR);
      span.end();
      meters.request(user, operation, status, Duration.ofNanos(System.nanoTime() - begun));
    }
  }
}
