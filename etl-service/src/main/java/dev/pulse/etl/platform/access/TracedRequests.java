package dev.pulse.etl.platform.access;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells of each request for the API as a span, below the gateway's own: whoever has not signed a
 * request is not believed what it belongs to. What is refused is not told of, nor what listens for
 * hours.
 */
@Component
@Order(20)
class TracedRequests extends OncePerRequestFilter {

  private static final String EVENTS = "/api/v1/events";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Tracer tracer;

  TracedRequests(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getRequestURI();
    return !path.startsWith("/api/") || path.equals(EVENTS);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
    var span =
        tracer
            .spanBuilder(method)
            .setParent(parent(request))
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", method)
            .startSpan();
    try (var _ = span.makeCurrent()) {
      chain.doFilter(request, response);
      ended(span, response.getStatus());
    } catch (Throwable e) {
      ended(span, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      throw e;
    } finally {
      if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
          instanceof String route) {
        span.updateName(method + " " + route).setAttribute("http.route", route);
      }
      span.end();
    }
  }

  private static void ended(Span span, int status) {
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) span.setStatus(StatusCode.ERROR);
  }

  private static Context parent(HttpServletRequest request) {
    if (request.getAttribute(SignedRequests.IDENTITY) == null) return Context.root();
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), request, new Headers());
  }

  private static final class Headers implements TextMapGetter<HttpServletRequest> {

    @Override
    public Iterable<String> keys(HttpServletRequest request) {
      return Collections.list(request.getHeaderNames());
    }

    @Override
    public @Nullable String get(@Nullable HttpServletRequest request, String name) {
      return request == null ? null : request.getHeader(name);
    }
  }
}
