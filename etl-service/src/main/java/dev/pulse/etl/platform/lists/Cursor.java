package dev.pulse.etl.platform.lists;

import dev.pulse.etl.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a page begins, for whoever goes on; good for one order only. In the usual order of a list
 * that is sorted by a number it is that number.
 */
final class Cursor {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");

  private Cursor() {}

  /**
   * The cursor of the page after.
   *
   * @param key the values of the columns in the last entry
   */
  static String of(Keyset<?> page, List<Comparable<?>> key) {
    if (isNumber(page)) return key.getFirst().toString();
    var parts = new ArrayList<String>();
    parts.add(page.sort());
    for (var value : key) parts.add(value.toString());
    var text = JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /**
   * The page that begins there.
   *
   * @param first the first page in the same order
   * @throws Problem 400 if it is not one that a list gave for this order
   */
  static <T> Keyset<T> after(String cursor, Keyset<T> first) {
    try {
      List<Comparable<?>> key = isNumber(first) ? List.of(number(cursor)) : key(cursor, first);
      return new Keyset<>(first.by(), first.descending(), first.usual(), key, first.limit());
    } catch (RuntimeException e) {
      throw Problem.invalid(
          "cursor",
          "is none that this list gave for sort=" + first.sort(),
          "Take `next` of the page before, with the same sort; or leave it out to begin anew.");
    }
  }

  private static boolean isNumber(Keyset<?> page) {
    var columns = page.by().columns();
    return page.usual() && columns.size() == 1 && columns.getFirst().isNumber();
  }

  private static Comparable<?> number(String cursor) {
    if (!NUMBER.matcher(cursor).matches()) throw new IllegalArgumentException(cursor);
    return Long.valueOf(cursor);
  }

  private static List<Comparable<?>> key(String cursor, Keyset<?> page) {
    var parts = JSON.readValue(Base64.getUrlDecoder().decode(cursor), String[].class);
    var columns = page.by().columns();
    if (parts.length != columns.size() + 1 || !parts[0].equals(page.sort())) {
      throw new IllegalArgumentException(cursor);
    }
    var key = new ArrayList<Comparable<?>>();
    for (int n = 0; n < columns.size(); n++) key.add(columns.get(n).read(parts[n + 1]));
    return key;
  }
}
