package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.RecordStream.PageSize;

/**
 * The page size of one partition: halved when a page was too heavy for the source, doubled back
 * after five pages that went well. One heavy repository does not slow the others down.
 */
final class AdaptivePageSize {

  private static final int GOOD_PAGES = 5;

  private final PageSize bounds;
  private int size;
  private int good;

  AdaptivePageSize(PageSize bounds) {
    this.bounds = bounds;
    this.size = bounds.initial();
  }

  synchronized int now() {
    return size;
  }

  synchronized void wentWell() {
    if (++good < GOOD_PAGES) return;
    good = 0;
    size = Math.min(bounds.max(), size * 2);
  }

  /** Halves what was too heavy, a page of {@code asked} records; false if it cannot be smaller. */
  synchronized boolean halve(int asked) {
    size = Math.max(bounds.min(), Math.min(size, asked));
    return halve();
  }

  /** False if it cannot become smaller. */
  synchronized boolean halve() {
    good = 0;
    if (size == bounds.min()) return false;
    size = Math.max(bounds.min(), size / 2);
    return true;
  }
}
