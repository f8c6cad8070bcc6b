package dev.pulse.etl.connectors;

import dev.pulse.etl.connectors.records.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Counts which records of one type are still there: a complete list of their ids, partition by
 * partition, in an order that never changes. Sources tell of what is new and changed, seldom of
 * what is gone; a stored row that is missing from a complete list has vanished.
 *
 * <p>Pages hold {@linkplain Page#present() ids} and nothing else. The engine walks a partition
 * about once a day. A failed read is a failure, never an empty page: what was not listed counts as
 * gone.
 */
public interface CensusStream extends WalkedStream {

  /**
   * The type of the records that are counted; their table says which partition a row is part of.
   */
  Class<? extends SourceRecord> counted();

  /**
   * Which kind of these records is counted, as their rows say it, where a table holds several and
   * the source lists each by itself: one that may not be listed then hides nothing that is gone of
   * the others. Empty = all of the type.
   */
  default Optional<String> kind() {
    return Optional.empty();
  }

  /**
   * Whether the list is of the whole connection, and not of one project or repository after
   * another.
   */
  default boolean whole() {
    return false;
  }

  /**
   * Names of the streams that read the records counted: what they have set aside is known not to be
   * stored. Empty = the engine need not know.
   */
  default Set<String> readBy() {
    return Set.of();
  }

  /**
   * Name of the {@link OwedStream} of a later stage that reads single records by their ids: those
   * that the list shows and no row is there for. What was hidden from the token and is not any more
   * has not changed, so that no other stream reads it. Empty = the streams read all, every time.
   */
  default Optional<String> readAgainBy() {
    return Optional.empty();
  }

  /**
   * How many records the source counts, exactly, in each of some projects or repositories, where
   * that costs next to nothing. One whose count is the number of stored rows needs no list, unless
   * something {@linkplain #readBy() read} in it is in the quarantine; those left out are listed.
   */
  default Map<String, Long> counts(List<ScopeElement> elements) throws InterruptedException {
    return Map.of();
  }

  /**
   * Asks for records one by one that were missing from the list: they may have moved, or the list
   * lagged.
   *
   * @param ids at most a hundred
   * @return those that the source shows after all, each with the id of the project or repository
   *     that it is part of now; empty where it is part of none, or the source does not say
   */
  Map<String, String> shown(List<String> ids) throws InterruptedException;

  /**
   * Reads records again that were moved to another project or repository of the scope.
   *
   * @param ids at most a hundred
   * @return empty if another stream reads each of them anyhow, whenever it was moved
   */
  default Optional<Page> reread(List<String> ids) throws InterruptedException {
    return Optional.empty();
  }

  @Override
  default List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    if (whole()) {
      return planning.scope().isEmpty()
          ? List.of()
          : List.of(new PlannedWalk(Partition.WHOLE, null));
    }
    return planning.scope().stream()
        .map(element -> new PlannedWalk(Partition.of(element), null))
        .toList();
  }

  /** What is there now is all that it asks. */
  @Override
  default Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    return new Rewind.Not("counts what is there now, about once a day");
  }

  @Override
  default boolean incremental() {
    return false;
  }

  @Override
  default boolean required() {
    return false;
  }

  /** A census holds no records that could be mapped, or set aside. */
  @Override
  default void map(JsonNode raw, Partition partition, Page.Builder page) {
    throw new UnreadableRecord("a census has no records");
  }
}
