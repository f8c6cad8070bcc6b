package dev.pulse.backend.platform;

import dev.pulse.model.ProblemKind;
import dev.pulse.model.ProblemKind.FieldError;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Every error leaves as RFC 9457 problem+json; what went wrong inside is logged, never sent.
 * Filters hand their refusals here too, so that there is one shape.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private static final ProblemKind DATABASE_AWAY =
      new ProblemKind(
          503, "DATABASE_AWAY", "The database does not answer", "Try again in a moment.");

  @ExceptionHandler
  ResponseEntity<Object> known(Problem problem, HttpServletRequest request) {
    return answer(problem, request.getRequestURI(), HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Object> overtaken(
      ConcurrencyFailureException failure, HttpServletRequest request) {
    return known(
        new Problem(
            ProblemKind.CHANGED_MEANWHILE, "It was changed by another request at the same time."),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Object> taken(
      DataIntegrityViolationException failure, HttpServletRequest request) {
    log.info("{} {} refused", request.getMethod(), request.getRequestURI(), failure);
    return known(
        new Problem(ProblemKind.CONFLICT, "Something with that name is there already."), request);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class
  })
  ResponseEntity<Object> withoutDatabase(RuntimeException failure, HttpServletRequest request) {
    log.warn("{} {} without a database: {}", request.getMethod(), request.getRequestURI(), failure);
    return known(new Problem(DATABASE_AWAY, "It cannot be said who asks, or what is."), request);
  }

  /** Tomcat reads parameters only when they are asked for. */
  @ExceptionHandler
  ResponseEntity<Object> parameters(InvalidParameterException failure, HttpServletRequest request) {
    return known(
        Problem.invalid("query", "has too many parameters, or some that cannot be read"), request);
  }

  /** What fails while an answer is written comes wrapped. */
  @ExceptionHandler
  ResponseEntity<Object> whileWriting(ServletException failure, HttpServletRequest request) {
    return switch (failure.getCause()) {
      // whatever were written now would seem to be a part of the answer; so the server ends it
      case AnswerBrokeOff broken -> throw broken;
      case Problem problem -> known(problem, request);
      case null, default -> unexpected(failure, request);
    };
  }

  @ExceptionHandler
  ResponseEntity<Object> unexpected(Exception failure, HttpServletRequest request) {
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return known(new Problem(ProblemKind.INTERNAL, "The request could not be completed."), request);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problem =
        switch (failure.getCause()) {
          case UnrecognizedPropertyException unknown ->
              Problem.invalid(path(unknown), "is not known here");
          case DatabindException unfit when !unfit.getPath().isEmpty() ->
              Problem.invalid(path(unfit), "has the wrong type or value");
          case JacksonException _ -> Problem.invalid("body", "is not valid JSON");
          case null, default -> Problem.invalid("body", "is missing or unreadable");
        };
    return answer(problem, path(request), headers);
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var errors =
        failure.getFieldErrors().stream()
            .map(each -> new FieldError(each.getField(), text(each.getDefaultMessage())))
            .toList();
    return answer(Problem.invalid(errors), path(request), headers);
  }

  @Override
  protected ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var errors =
        failure.getParameterValidationResults().stream()
            .flatMap(
                result ->
                    result.getResolvableErrors().stream()
                        .map(
                            error ->
                                new FieldError(
                                    text(result.getMethodParameter().getParameterName()),
                                    text(error.getDefaultMessage()))))
            .toList();
    return answer(Problem.invalid(errors), path(request), headers);
  }

  @ExceptionHandler
  ResponseEntity<Object> mismatch(
      MethodArgumentTypeMismatchException failure, HttpServletRequest request) {
    return known(Problem.invalid(failure.getName(), "has the wrong type or value"), request);
  }

  /** Everything else that Spring refuses: unknown paths, methods, media types, parameters. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var http = HttpStatus.valueOf(status.value());
    var kind =
        new ProblemKind(
            http.value(), http.name(), http.getReasonPhrase(), "Compare the request with /docs.");
    var detail = body instanceof ProblemDetail given ? given.getDetail() : null;
    return answer(
        new Problem(kind, detail == null ? http.getReasonPhrase() : detail),
        path(request),
        headers);
  }

  private static ResponseEntity<Object> answer(Problem problem, String path, HttpHeaders headers) {
    var kind = problem.kind();
    var body = ProblemDetail.forStatus(kind.status());
    body.setDetail(text(problem.getMessage()));
    body.setType(URI.create(kind.type()));
    body.setTitle(kind.title());
    body.setInstance(URI.create(path));
    body.setProperty("code", kind.code());
    body.setProperty("remedy", kind.remedy());
    body.setProperty("requestId", Objects.requireNonNullElse(MDC.get(RequestIds.MDC_KEY), ""));
    if (!problem.errors().isEmpty()) body.setProperty("errors", problem.errors());
    var sent = new HttpHeaders(headers);
    sent.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    problem
        .retryAfter()
        .ifPresent(wait -> sent.set(HttpHeaders.RETRY_AFTER, "" + Math.max(1, wait.toSeconds())));
    return new ResponseEntity<>(body, sent, HttpStatusCode.valueOf(kind.status()));
  }

  private static String path(DatabindException failure) {
    return failure.getPath().stream()
        .map(
            step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getPropertyName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String path(WebRequest request) {
    return ((ServletWebRequest) request).getRequest().getRequestURI();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
