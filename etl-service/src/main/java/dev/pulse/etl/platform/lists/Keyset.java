package dev.pulse.etl.platform.lists;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Which page of a list is wanted: in which order, after which entry, and how long.
 *
 * @param usual it is the order that the list has if none is asked for
 * @param after the values of the columns in the last entry before it; null = the first page
 */
public record Keyset<T>(
    SortField<T> by,
    boolean descending,
    boolean usual,
    @Nullable List<Comparable<?>> after,
    int limit) {

  /** The first so many entries, in a rising order. */
  public static <T> Keyset<T> first(SortField<T> by, int limit) {
    return new Keyset<>(by, false, true, null, limit);
  }

  /** As clients write it, such as {@code -lastSeen}. */
  String sort() {
    return (descending ? "-" : "") + by.field();
  }

  /** What ends a query that has a condition and no order yet; {@link #in} gives its parameters. */
  public String sql() {
    var columns = by.columns();
    var order =
        columns.stream()
            .map(column -> column.sql() + (descending ? " desc" : ""))
            .collect(Collectors.joining(", ", " order by ", " limit :limit"));
    if (after == null) return order;
    var names = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    var values =
        IntStream.range(0, columns.size())
            .mapToObj(n -> ":after%d::%s".formatted(n, columns.get(n).type()))
            .collect(Collectors.joining(", "));
    return " and (%s) %s (%s)".formatted(names, descending ? "<" : ">", values) + order;
  }

  /** The query with the parameters of {@link #sql}. */
  public StatementSpec in(StatementSpec query) {
    var parameters = new HashMap<String, Object>();
    parameters.put("limit", limit);
    int n = 0;
    for (var value : after == null ? List.<Comparable<?>>of() : after) {
      parameters.put("after" + n++, Column.parameter(value));
    }
    return query.params(parameters);
  }

  /** What the query has found, as the page that was asked for. */
  public <E extends T> Listed<E> page(List<E> found) {
    return new Listed<>(found, found.size() < limit ? null : next(found.getLast()));
  }

  /** The page of a list that is short enough to be in memory. */
  public <E extends T> Listed<E> of(List<E> all) {
    return page(all.stream().filter(this::isAfter).sorted(this::compare).limit(limit).toList());
  }

  private boolean isAfter(T entry) {
    return after == null || compareKeys(key(entry), after) > 0;
  }

  private int compare(T one, T other) {
    return compareKeys(key(one), key(other));
  }

  private int compareKeys(List<Comparable<?>> one, List<Comparable<?>> other) {
    for (int n = 0; n < one.size(); n++) {
      int order = compareValues(one.get(n), other.get(n));
      if (order != 0) return descending ? -order : order;
    }
    return 0;
  }

  @SuppressWarnings("unchecked") // values of one column are of one type
  private static int compareValues(Comparable<?> one, Comparable<?> other) {
    return ((Comparable<Object>) one).compareTo(other);
  }

  private List<Comparable<?>> key(T entry) {
    var key = new ArrayList<Comparable<?>>();
    for (var column : by.columns()) key.add(column.of().apply(entry));
    return key;
  }

  private String next(T last) {
    return Cursor.of(this, key(last));
  }
}
