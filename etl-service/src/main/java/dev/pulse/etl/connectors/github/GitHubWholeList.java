package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import org.jspecify.annotations.Nullable;

/** A list that is read from its beginning to its end at once: what is not in it is gone. */
final class GitHubWholeList {

  private GitHubWholeList() {}

  /** Asks for a page of the list, and takes it in. */
  interface Part {
    GitHubList read(int size, @Nullable String after) throws InterruptedException;
  }

  /**
   * Reads all of it; pages that are too heavy are asked for in smaller pieces.
   *
   * @throws SourceUnavailable if it was rewritten meanwhile, or would never end
   */
  static void read(int size, Part part) throws InterruptedException {
    int first = size;
    String after = null;
    boolean more = true;
    while (more) {
      try {
        var next = part.read(first, after).next();
        if (next != null && next.equals(after)) {
          throw new SourceUnavailable("GitHub repeats a place in a list: it would never end", null);
        }
        after = next;
        more = next != null;
      } catch (TooHeavy e) {
        if (first == 1) throw e;
        first /= 2;
      } catch (PositionExpired e) {
        throw new SourceUnavailable("a list was rewritten while it was read", e);
      }
    }
  }
}
