package dev.pulse.etl.connectors.aha;

/**
 * A page of a list that begins a little before a given place. Aha! numbers pages, so where one
 * begins follows from its size: of all sizes the one that reaches furthest is taken.
 *
 * @param page its number, from 1
 * @param size how many records it holds
 */
record AhaWindow(int page, int size) {

  /** How many records of a page the next one shows again. */
  static final int OVERLAP = 5;

  /**
   * The page that shows the record at a place and reaches furthest.
   *
   * @param place counted from 0
   * @param largest size of a page
   */
  static AhaWindow at(int place, int largest) {
    var best = new AhaWindow(place / largest + 1, largest);
    for (int size = largest; size >= Math.max(1, largest / 2); size--) {
      var window = new AhaWindow(place / size + 1, size);
      if (window.end() > best.end()) best = window;
    }
    return best;
  }

  /** Place of its first record. */
  int begin() {
    return (page - 1) * size;
  }

  /** Place behind its last record. */
  int end() {
    return page * size;
  }
}
