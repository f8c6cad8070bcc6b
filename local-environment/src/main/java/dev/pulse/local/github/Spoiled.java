package dev.pulse.local.github;

import dev.pulse.local.faults.Fault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists with something wrong in them. */
final class Spoiled {

  private Spoiled() {}

  static List<@Nullable Object> list(List<?> rows, Kind kind) {
    var spoiled = new ArrayList<@Nullable Object>(rows);
    if (spoiled.isEmpty()) return spoiled;
    switch (kind) {
      case DUPLICATES -> spoiled.add(spoiled.getFirst());
      case REORDERED -> Collections.reverse(spoiled);
      case UNREADABLE -> {
        if (spoiled.getFirst() instanceof Map<?, ?> row) {
          var broken = new LinkedHashMap<Object, @Nullable Object>(row);
          var field = row.containsKey("title") ? "title" : "createdAt";
          broken.put(field, Map.of("not", "a text"));
          spoiled.set(0, broken);
        }
      }
      default -> throw new IllegalArgumentException(kind + " is not about lists");
    }
    return spoiled;
  }
}
