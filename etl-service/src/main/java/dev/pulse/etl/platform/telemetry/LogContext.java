package dev.pulse.etl.platform.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Map;
import org.slf4j.MDC;

/** A span says of itself what a line of the log says: of which run, job, stream and request. */
final class LogContext implements SpanProcessor {

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "run", "pulse.run",
          "connection", "pulse.job",
          "stream", "pulse.stream",
          "requestId", "pulse.request_id");

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    ATTRIBUTES.forEach(
        (key, attribute) -> {
          var value = MDC.get(key);
          if (value != null) span.setAttribute(attribute, value);
        });
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
