package dev.pulse.backend.gateway;

import dev.pulse.backend.access.Routes;
import dev.pulse.backend.platform.RequestIds;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells of each request for etl-service as a span, with which a trace begins: nobody outside is
 * believed what a request belongs to. It comes after the rules of access, so that strangers fill no
 * collector; what listens for hours is not told of.
 */
@Component
@Order(0)
class TracedRequests extends OncePerRequestFilter {

  private final Tracer tracer;

  TracedRequests(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith(Routes.ETL + "/")
        || request.getRequestURI().equals(EtlRouting.EVENTS);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var route = Routes.patternOf(request.getMethod(), request.getRequestURI());
    if (route.isEmpty()) { // which nobody may ask for
      chain.doFilter(request, response);
      return;
    }
    var span =
        tracer
            .spanBuilder(request.getMethod() + " " + route.get())
            .setNoParent()
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", request.getMethod())
            .setAttribute("http.route", route.get())
            .setAttribute("pulse.request_id", MDC.get(RequestIds.MDC_KEY))
            .startSpan();
    try (var _ = span.makeCurrent()) {
      chain.doFilter(request, response);
      ended(span, response.getStatus());
    } catch (Throwable e) {
      ended(span, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  private static void ended(Span span, int status) {
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) span.setStatus(StatusCode.ERROR);
  }
}
