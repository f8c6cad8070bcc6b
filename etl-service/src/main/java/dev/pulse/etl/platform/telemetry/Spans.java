package dev.pulse.etl.platform.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import org.springframework.stereotype.Component;

/** Work that is told of as a span. */
@Component
public class Spans {

  private final Tracer tracer;

  public Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Work that may fail in its own way. */
  public interface Work<T, E extends Exception> {
    T run(Span span) throws E;
  }

  /**
   * Does work as a span below the one that this thread is in. Of a failure only its class is told:
   * a message may quote what a source has said.
   */
  public <T, E extends Exception> T around(String name, Work<T, E> work) throws E {
    var span = tracer.spanBuilder(name).startSpan();
    try (var _ = span.makeCurrent()) {
      return work.run(span);
    } catch (Throwable e) {
      span.setStatus(StatusCode.ERROR).setAttribute("error.type", e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }

  /** A question to somebody else, to be ended by whoever asks. */
  public Span question(String name) {
    return tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT).startSpan();
  }
}
