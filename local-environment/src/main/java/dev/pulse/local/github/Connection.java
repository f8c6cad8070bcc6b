package dev.pulse.local.github;

import graphql.schema.DataFetchingEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as GraphQL connections show it. Cursors are opaque to the reader; they hold
 * the sort key of the row they stand on, so that rows which move meanwhile do not shift the page.
 */
record Connection<T>(List<T> all, int from, int to, CursorKeys<T> keys, Function<T, ?> shown) {
  private static final String MARK = "cursor:v2:";

  /** Cuts the page that the field's first, last, after and before ask for. */
  static <T> Connection<T> of(
      List<T> all, CursorKeys<T> keys, Function<T, ?> shown, DataFetchingEnvironment env) {
    String after = decode(env.getArgument("after"));
    String before = decode(env.getArgument("before"));
    Integer first = env.getArgument("first");
    Integer last = env.getArgument("last");
    int from = after == null ? 0 : Math.min(keys.behind(all, after), all.size());
    int to = before == null ? all.size() : Math.max(from, keys.at(all, before));
    if (first != null) {
      to = Math.min(to, from + first);
    }
    if (last != null) {
      from = Math.max(from, to - last);
    }
    return new Connection<>(all, from, to, keys, shown);
  }

  /** A page of a list that only grows at its end: the cursor is the place in the list. */
  static <T> Connection<T> of(List<T> all, DataFetchingEnvironment env) {
    return of(all, CursorKeys.byPlace(), row -> row, env);
  }

  /** The rows of the page, made only now. */
  List<Object> nodes() {
    List<Object> nodes = new ArrayList<>(to - from);
    for (T row : all.subList(from, to)) {
      nodes.add(shown.apply(row));
    }
    return nodes;
  }

  int totalCount() {
    return all.size();
  }

  List<Edge> edges() {
    List<Edge> edges = new ArrayList<>(to - from);
    for (int index = from; index < to; index++) {
      edges.add(new Edge(cursorOf(index), shown.apply(all.get(index)), all.get(index)));
    }
    return edges;
  }

  Map<String, @Nullable Object> pageInfo() {
    Map<String, @Nullable Object> info = new HashMap<>();
    info.put("hasNextPage", to < all.size());
    info.put("hasPreviousPage", from > 0);
    info.put("startCursor", from == to ? null : cursorOf(from));
    info.put("endCursor", from == to ? null : cursorOf(to - 1));
    return info;
  }

  /** What is shown of a row, the cursor that stands on it, and the row. */
  record Edge(String cursor, Object node, Object row) {}

  private String cursorOf(int index) {
    byte[] text = (MARK + keys.write(all.get(index), index)).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(text);
  }

  private static @Nullable String decode(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith(MARK)) {
        return text.substring(MARK.length());
      }
    } catch (IllegalArgumentException _) {
      // not base64: one more way of not being a cursor, refused below
    }
    throw CursorKeys.refused(cursor);
  }
}
