package dev.pulse.etl.platform.lists;

import java.util.List;
import java.util.Locale;

/**
 * A field by which a list can be sorted. The constants of an enum are all those of a list; only
 * what an index serves, or what is few, is among them.
 */
public interface SortField<T> {

  /** Of the constant. */
  String name();

  /** What entries are ordered by; together they tell each entry from all others. */
  List<Column<T>> columns();

  /** As clients write it, such as {@code lastSeen}. */
  default String field() {
    var words = name().toLowerCase(Locale.ROOT).split("_");
    var field = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      field.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return field.toString();
  }
}
