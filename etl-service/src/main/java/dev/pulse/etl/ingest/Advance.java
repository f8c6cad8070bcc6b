package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Watches that the positions of one walk lead on: pages that lead round in a circle would be read
 * for ever. One position is remembered and compared with all that follow, and replaced after 1, 2,
 * 4, 8... pages (Brent's algorithm), so a circle of any length is met before it has been read three
 * times, in the memory of one position.
 */
final class Advance {

  private @Nullable Position remembered;
  private long since;
  private long limit = 1;

  /**
   * The page, if it leads on.
   *
   * @param from where it began; null = at the beginning
   * @throws SourceUnavailable if it leads to where the walk has been
   */
  Page checked(@Nullable Position from, Page page) {
    var next = page.next();
    if (next == null) return page;
    if (next.equals(from) || next.equals(remembered)) {
      throw new SourceUnavailable("the source repeats a page position: it would never end", null);
    }
    if (++since == limit) {
      remembered = next;
      since = 0;
      limit *= 2;
    }
    return page;
  }

  /** The walk goes back to an earlier position, and will rightly meet positions again. */
  void goesBack() {
    remembered = null;
  }
}
