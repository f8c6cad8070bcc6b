package dev.pulse.local.github;

import graphql.GraphQLError;
import graphql.execution.NonNullableFieldWasNullError;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes errors as GitHub does. */
final class QueryErrors {
  private QueryErrors() {}

  /** A field that is refused is not told a second time to be null where it never is. */
  static List<Map<String, Object>> written(List<GraphQLError> errors) {
    boolean refused = errors.stream().anyMatch(Refusal.class::isInstance);
    return errors.stream()
        .filter(each -> !refused || !(each instanceof NonNullableFieldWasNullError))
        .map(QueryErrors::written)
        .toList();
  }

  private static Map<String, Object> written(GraphQLError error) {
    if (error instanceof Refusal refusal) {
      return refusal.toSpecification();
    }
    Map<String, Object> written = new LinkedHashMap<>();
    if (error instanceof ValidationError invalid) {
      written.put("path", invalid.getQueryPath() == null ? List.of() : invalid.getQueryPath());
      written.put("extensions", Map.of("code", code(invalid)));
    }
    if (error.getLocations() != null) {
      written.put(
          "locations",
          error.getLocations().stream()
              .map(at -> Map.of("line", at.getLine(), "column", at.getColumn()))
              .toList());
    }
    written.put("message", error.getMessage());
    return written;
  }

  private static String code(ValidationError invalid) {
    if (invalid.getValidationErrorType() instanceof ValidationErrorType type) {
      return switch (type) {
        case FieldUndefined -> "undefinedField";
        case UnknownArgument -> "argumentNotAccepted";
        case MissingFieldArgument -> "missingRequiredArguments";
        case UndefinedVariable -> "variableNotDefined";
        case UnusedVariable -> "variableNotUsed";
        default -> String.valueOf(type);
      };
    }
    return "invalid";
  }
}
