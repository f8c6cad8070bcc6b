package dev.pulse.local.github;

import dev.pulse.local.world.Order;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** How the rows of one ordered list are found again from a cursor. */
interface CursorKeys<T> {

  String write(T row, int index);

  /** Index of the first row behind the key, even when the key's own row has moved or gone. */
  int behind(List<T> all, String key);

  /** Index of the first row that is not before the key. */
  int at(List<T> all, String key);

  static <T> CursorKeys<T> byPlace() {
    return new CursorKeys<>() {
      @Override
      public String write(T row, int index) {
        return String.valueOf(index + 1);
      }

      @Override
      public int behind(List<T> all, String key) {
        return (int) number(key);
      }

      @Override
      public int at(List<T> all, String key) {
        return (int) number(key) - 1;
      }
    };
  }

  /** For rows sorted by a time and then by id, both in the same direction. */
  static <T> CursorKeys<T> byOrder(Function<T, Order> keyOf, boolean descending) {
    return new Sorted<>(
        keyOf, descending ? Comparator.<Order>reverseOrder() : Comparator.<Order>naturalOrder());
  }

  /** Keys found by bisection. */
  record Sorted<T>(Function<T, Order> keyOf, Comparator<Order> order) implements CursorKeys<T> {
    @Override
    public String write(T row, int index) {
      Order key = keyOf.apply(row);
      return key.at().toEpochMilli() + "," + key.id();
    }

    @Override
    public int behind(List<T> all, String key) {
      return bisect(all, key, 1);
    }

    @Override
    public int at(List<T> all, String key) {
      return bisect(all, key, 0);
    }

    private int bisect(List<T> all, String text, int atLeast) {
      int comma = text.indexOf(',');
      if (comma < 0) {
        throw refused(text);
      }
      Order key =
          new Order(
              Instant.ofEpochMilli(number(text.substring(0, comma))),
              number(text.substring(comma + 1)));
      int low = 0;
      int high = all.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (Integer.signum(order.compare(keyOf.apply(all.get(middle)), key)) >= atLeast) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }

  static Refusal refused(String cursor) {
    return new Refusal(
        "INVALID_CURSOR_ARGUMENTS", "`" + cursor + "` does not appear to be a valid cursor.");
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw refused(text);
    }
  }
}
