package dev.pulse.local.github;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GraphQL error as GitHub writes it: its type stands beside the message, not below extensions.
 */
final class Refusal extends RuntimeException implements GraphQLError {
  @Serial private static final long serialVersionUID = 1;

  private final String type;
  private final transient @Nullable List<Object> path;
  private final transient @Nullable SourceLocation location;

  Refusal(String type, String message) {
    this(type, message, null, null);
  }

  Refusal(
      String type, String message, @Nullable List<Object> path, @Nullable SourceLocation location) {
    super(message, null, false, false);
    this.type = type;
    this.path = path;
    this.location = location;
  }

  String type() {
    return type;
  }

  /** The same refusal, at a place of the query. */
  Refusal at(List<Object> place, @Nullable SourceLocation where) {
    return new Refusal(type, message(), place, where);
  }

  String message() {
    return String.valueOf(super.getMessage());
  }

  @Override
  public String getMessage() {
    return message();
  }

  @Override
  public List<SourceLocation> getLocations() {
    return location == null ? List.of() : List.of(location);
  }

  @Override
  public ErrorClassification getErrorType() {
    return ErrorType.DataFetchingException;
  }

  @Override
  public Map<String, Object> toSpecification() {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("type", type);
    if (path != null) {
      written.put("path", path);
    }
    if (location != null) {
      written.put(
          "locations", List.of(Map.of("line", location.getLine(), "column", location.getColumn())));
    }
    written.put("message", message());
    return written;
  }
}
