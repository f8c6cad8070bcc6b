package dev.pulse.model.signing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The connections whose data a caller sees. */
public sealed interface VisibleConnections {

  /** Of every connection, also of those that are yet to come. */
  record All() implements VisibleConnections {}

  /** Only of these; possibly of none. */
  record Only(List<Long> ids) implements VisibleConnections {
    public Only {
      ids = ids.stream().distinct().sorted().toList();
      if (!ids.isEmpty() && ids.getFirst() < 1) {
        throw new IllegalArgumentException("no id of a connection: " + ids.getFirst());
      }
    }
  }

  static VisibleConnections all() {
    return new All();
  }

  static VisibleConnections only(List<Long> ids) {
    return new Only(ids);
  }

  default boolean includes(long connection) {
    return switch (this) {
      case All _ -> true;
      case Only(var ids) -> ids.contains(connection);
    };
  }

  /** As it stands in the header: {@code *}, {@code 1,5} or {@code none}. */
  default String text() {
    return switch (this) {
      case All _ -> "*";
      case Only(var ids) when ids.isEmpty() -> "none";
      case Only(var ids) -> ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    };
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  static VisibleConnections parse(String text) {
    var found =
        switch (text) {
          case "*" -> all();
          case "none" -> only(List.of());
          default -> only(Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList());
        };
    if (!found.text().equals(text)) throw new IllegalArgumentException("not in its own form");
    return found;
  }
}
