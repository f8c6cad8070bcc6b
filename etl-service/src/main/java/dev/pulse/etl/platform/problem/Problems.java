package dev.pulse.etl.platform.problem;

import dev.pulse.etl.platform.problem.Problem.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
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

/** Turns everything that goes wrong in a request into one shape. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);
  private static final String READ_THE_DOCS = "Compare the request with /docs.";

  @ExceptionHandler
  ResponseEntity<Object> known(Problem problem, HttpServletRequest request) {
    return answer(problem, request.getRequestURI(), HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Object> overtaken(
      ConcurrencyFailureException failure, HttpServletRequest request) {
    return known(
        Problem.conflict(
            "CHANGED_MEANWHILE",
            "Somebody else has changed it",
            "It was changed by another request at the same time.",
            "Load it again and repeat the change."),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Object> taken(
      DataIntegrityViolationException failure, HttpServletRequest request) {
    log.info("{} {} refused", request.getMethod(), request.getRequestURI(), failure);
    return known(
        Problem.conflict(
            "CONFLICT",
            "It does not fit what is stored",
            "Something with that name or number is there already.",
            "Load it again and choose another name."),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Object> unexpected(Exception failure, HttpServletRequest request) {
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return answer(
        new Problem(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "INTERNAL",
            "Something in Pulse failed",
            "The request could not be completed.",
            "Try again; if it happens again, look for the request id in the log.",
            List.of()),
        request.getRequestURI(),
        HttpHeaders.EMPTY);
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
              Problem.invalid(path(unknown), "is not known here", READ_THE_DOCS);
          case DatabindException unfit when !unfit.getPath().isEmpty() ->
              Problem.invalid(path(unfit), "has the wrong type or value", READ_THE_DOCS);
          case JacksonException _ ->
              Problem.invalid("body", "is not valid JSON", "Send well-formed JSON.");
          case null, default -> Problem.invalid("body", "is missing or unreadable", READ_THE_DOCS);
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
    return answer(Problem.invalid(errors, READ_THE_DOCS), path(request), headers);
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
    return answer(Problem.invalid(errors, READ_THE_DOCS), path(request), headers);
  }

  @ExceptionHandler
  ResponseEntity<Object> mismatch(
      MethodArgumentTypeMismatchException failure, HttpServletRequest request) {
    return answer(
        Problem.invalid(failure.getName(), "has the wrong type or value", READ_THE_DOCS),
        request.getRequestURI(),
        HttpHeaders.EMPTY);
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
    var detail = body instanceof ProblemDetail given ? given.getDetail() : null;
    return answer(
        new Problem(
            http,
            http.name(),
            http.getReasonPhrase(),
            detail == null ? http.getReasonPhrase() : detail,
            READ_THE_DOCS,
            List.of()),
        path(request),
        headers);
  }

  private static ResponseEntity<Object> answer(Problem problem, String path, HttpHeaders headers) {
    var detail = ProblemDetail.forStatusAndDetail(problem.status(), text(problem.getMessage()));
    detail.setType(
        URI.create("/problems/" + problem.code().toLowerCase(Locale.ROOT).replace('_', '-')));
    detail.setTitle(problem.title());
    detail.setInstance(URI.create(path));
    detail.setProperty("code", problem.code());
    detail.setProperty("remedy", problem.remedy());
    detail.setProperty("requestId", MDC.get(RequestIdFilter.MDC_KEY));
    if (!problem.errors().isEmpty()) detail.setProperty("errors", problem.errors());
    return ResponseEntity.status(problem.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail);
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
