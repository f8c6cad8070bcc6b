package dev.pulse.etl.runs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next cursor of the page after; null at the end
 */
record Listed<T>(List<T> items, @Nullable String next) {

  Listed {
    items = List.copyOf(items);
  }
}
