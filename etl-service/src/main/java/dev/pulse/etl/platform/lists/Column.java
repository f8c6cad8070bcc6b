package dev.pulse.etl.platform.lists;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;

/**
 * What entries of a list are ordered by.
 *
 * @param sql what it is called in the query; never taken from a request
 * @param type the same to PostgreSQL
 * @param of its value in an entry
 */
public record Column<T>(String sql, String type, Function<T, Comparable<?>> of) {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public static <T> Column<T> number(String sql, Function<T, Long> of) {
    return new Column<>(sql, "bigint", of::apply);
  }

  public static <T> Column<T> text(String sql, Function<T, String> of) {
    return new Column<>(sql, "text", of::apply);
  }

  public static <T> Column<T> time(String sql, Function<T, Instant> of) {
    return new Column<>(sql, "timestamptz", of::apply);
  }

  boolean isNumber() {
    return type.equals("bigint");
  }

  /**
   * The value that a cursor holds.
   *
   * @throws RuntimeException if it is none
   */
  Comparable<?> read(String value) {
    return switch (type) {
      case "bigint" -> Long.valueOf(value);
      case "timestamptz" -> time(value);
      default -> text(value);
    };
  }

  private static Instant time(String value) {
    var time = Instant.parse(value);
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) throw new IllegalArgumentException(value);
    return time;
  }

  private static String text(String value) {
    if (value.indexOf('\u0000') >= 0) throw new IllegalArgumentException(value);
    return value;
  }

  /** The same for the database. */
  static Object parameter(Comparable<?> value) {
    return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
  }
}
