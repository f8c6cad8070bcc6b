package dev.pulse.frontend.platform;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Every error leaves as RFC 9457 problem+json with {@code code}, {@code remedy} and {@code
 * requestId}; what went wrong inside is logged, never sent.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler(RuntimeException.class)
  ResponseEntity<Object> unexpected(RuntimeException failure, WebRequest request) {
    log.error("A request failed unexpectedly", failure);
    var body =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.INTERNAL_SERVER_ERROR, "The service failed; its log says why.");
    return answer(body, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return answer(told(failure, body, status), headers, status, request);
  }

  /** In the words of this service, if it has any; those of the framework tell of its inside. */
  private static ProblemDetail told(
      Exception failure, @Nullable Object body, HttpStatusCode status) {
    if (body instanceof ProblemDetail detail) return detail;
    if (failure instanceof ErrorResponseException own) return own.getBody();
    return ProblemDetail.forStatus(status.value());
  }

  private static ResponseEntity<Object> answer(
      ProblemDetail problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    var given = Objects.requireNonNullElse(problem.getProperties(), Map.<String, Object>of());
    var code = Objects.toString(given.get("code"), code(status));
    problem.setType(URI.create("/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-')));
    if (request instanceof ServletWebRequest web) {
      problem.setInstance(URI.create(web.getRequest().getRequestURI()));
    }
    problem.setProperty("code", code);
    problem.setProperty("remedy", Objects.toString(given.get("remedy"), remedy(status)));
    problem.setProperty("requestId", Objects.requireNonNullElse(MDC.get(RequestIds.MDC_KEY), ""));
    var typed = new HttpHeaders(headers);
    typed.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return new ResponseEntity<>(problem, typed, status);
  }

  private static String code(HttpStatusCode status) {
    var known = HttpStatus.resolve(status.value());
    return known == null ? "HTTP_" + status.value() : known.name();
  }

  private static String remedy(HttpStatusCode status) {
    return switch (status.value()) {
      case 404 -> "Check the path: this service answers the pages, /api and /health.";
      case 405 -> "Use one of the methods that the Allow header names.";
      case 500 -> "Look for the requestId in the service's log.";
      default -> "Correct the request and send it again.";
    };
  }
}
