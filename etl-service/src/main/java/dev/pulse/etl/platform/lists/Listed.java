package dev.pulse.etl.platform.lists;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next cursor of the page after; null at the end
 */
public record Listed<T>(List<T> items, @Nullable String next) {

  public Listed {
    items = List.copyOf(items);
  }

  /** The same page of something else. */
  public <E> Listed<E> map(Function<T, E> to) {
    return new Listed<>(items.stream().map(to).toList(), next);
  }
}
