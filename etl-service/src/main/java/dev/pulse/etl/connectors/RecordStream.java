package dev.pulse.etl.connectors;

import tools.jackson.databind.JsonNode;

/** One kind of record of a source, read page by page. */
public sealed interface RecordStream permits WalkedStream, OwedStream {

  /** Stable lower-case name, the same on the screen, in checkpoints and in logs. */
  String name();

  /**
   * What people call its records, in lower case and such that "of" and a project or repository may
   * follow.
   */
  default String label() {
    return label(name());
  }

  /** The label of a stream of which no more than the name is known. */
  static String label(String name) {
    return name.replace('_', ' ');
  }

  /** How many records a page may ask for. */
  PageSize pageSize();

  /**
   * Whether a run fails when this whole stream may not be read. An optional stream that may not be
   * read is reported, and the run goes on.
   */
  default boolean required() {
    return true;
  }

  /**
   * Number of the mapping: raised when {@link #map} makes other rows of the same record, or when
   * more is asked for of each. The engine then lets all that is stored be read again, once, beside
   * the ordinary reading. Of a stream that reads what belongs to other records, that means all
   * streams.
   */
  default int mapping() {
    return 1;
  }

  /**
   * Turns one record, as the source sent it, into rows of {@code page}. Reading a page calls it for
   * each record; retrying a quarantined record calls it again with the JSON kept.
   *
   * @param partition the partition it was read in
   * @throws UnreadableRecord if the record is not what the source documents
   */
  void map(JsonNode raw, Partition partition, Page.Builder page);

  /**
   * Bounds of the adaptive page size: it starts at {@code initial}, is halved when the source finds
   * a page too heavy, and grows back after pages that went well.
   */
  record PageSize(int min, int initial, int max) {

    public PageSize {
      if (min < 1 || min > initial || initial > max) {
        throw new IllegalArgumentException("not 1 <= %d <= %d <= %d".formatted(min, initial, max));
      }
    }

    public static PageSize fixed(int size) {
      return new PageSize(size, size, size);
    }
  }
}
