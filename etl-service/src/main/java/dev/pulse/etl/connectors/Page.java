package dev.pulse.etl.connectors;

import static java.util.stream.Collectors.toSet;

import dev.pulse.etl.connectors.records.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one read brought: stored as a whole, together with the position after it, or not at all.
 *
 * @param records rows to store, in any order; of two with one key the newer wins
 * @param scope projects or repositories seen
 * @param left projects or repositories that the source says are no longer part of the connection
 * @param owed children that must be read because of these records
 * @param childLists parents of which {@code records} holds every child of a type
 * @param deleted records that the source says were deleted
 * @param unreadable records that could not be mapped, to be quarantined
 * @param readable ids of records that could be mapped, as they would have been set aside under:
 *     they leave the quarantine. Ids of rows do not say it, since rows of several kinds may share
 *     one
 * @param present ids that a {@link CensusStream} found; null if the page is of another stream
 * @param settled parents of an {@link OwedStream} batch whose children are complete
 * @param next where the next page begins; null = the walk, or the batch, has ended
 * @param newest the latest change among the records; null if there is none
 * @param servedAt the source's clock when it answered
 * @param total how many records the whole walk has, as far as the source tells
 * @param mark what the walk goes on with in place of the mark it was planned with; null = the same
 * @param read how many records of the source it holds, unreadable ones and ids included
 * @param course when those records had changed, in the order of reading; null = unknown
 */
public record Page(
    List<SourceRecord> records,
    List<ScopeElement> scope,
    List<String> left,
    List<OwedWork> owed,
    List<ChildList> childLists,
    List<Deleted> deleted,
    List<Unreadable> unreadable,
    List<String> readable,
    List<String> settled,
    @Nullable List<String> present,
    @Nullable Position next,
    @Nullable Instant newest,
    Instant servedAt,
    @Nullable Long total,
    @Nullable String mark,
    long read,
    @Nullable Course course) {

  public Page {
    records = List.copyOf(records);
    scope = List.copyOf(scope);
    left = List.copyOf(left);
    owed = List.copyOf(owed);
    childLists = List.copyOf(childLists);
    deleted = List.copyOf(deleted);
    unreadable = List.copyOf(unreadable);
    readable = List.copyOf(readable);
    settled = List.copyOf(settled);
    present = present == null ? null : List.copyOf(present);
  }

  public boolean last() {
    return next == null;
  }

  public static Builder servedAt(Instant servedAt) {
    return new Builder(servedAt);
  }

  /**
   * Children to be read by an {@link OwedStream}.
   *
   * @param stream name of the owed stream that reads them
   * @param of the record type of the parent, the same for all that a stream reads
   * @param onlyIfChanged not owed if the parent turns out to be stored already as it is
   */
  public record OwedWork(
      String stream,
      Class<? extends SourceRecord> of,
      String parentId,
      Partition partition,
      String detail,
      boolean onlyIfChanged) {}

  /**
   * Says that the page holds all children of a type: stored ones that it does not hold are gone.
   *
   * @param type the record type of the children
   * @param of the record type of the parent; null where there is only one that it can be
   * @param owner what {@code parentId} is of them
   */
  public record ChildList(
      Class<? extends SourceRecord> type,
      @Nullable Class<? extends SourceRecord> of,
      String parentId,
      Owner owner) {

    /** What children belong to. */
    public enum Owner {
      /** The record that their type is a part of. */
      PARENT,
      REPOSITORY
    }

    public ChildList(Class<? extends SourceRecord> type, String parentId) {
      this(type, null, parentId, Owner.PARENT);
    }

    public ChildList(
        Class<? extends SourceRecord> type, Class<? extends SourceRecord> of, String parentId) {
      this(type, of, parentId, Owner.PARENT);
    }
  }

  /**
   * Says that the source deleted a record: its row, if there is one, is gone with its children.
   *
   * @param type the record type
   */
  public record Deleted(Class<? extends SourceRecord> type, String externalId) {}

  /**
   * A record that could not be mapped.
   *
   * @param externalId its id, or its place if even that could not be read
   * @param of the project or repository that it belongs to; the whole if that is the one of the
   *     page, or not known
   */
  public record Unreadable(String externalId, String reason, String raw, Partition of) {}

  /** Collects a page. Not for use by several threads. */
  public static final class Builder {

    private final Instant servedAt;
    private final List<SourceRecord> records = new ArrayList<>();
    private final List<ScopeElement> scope = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<OwedWork> owed = new ArrayList<>();
    private final List<ChildList> childLists = new ArrayList<>();
    private final List<Deleted> deleted = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<String> readable = new ArrayList<>();
    private final List<String> settled = new ArrayList<>();
    private final Map<String, Instant> mapped = new HashMap<>();
    private @Nullable List<String> present;
    private @Nullable Instant newest;
    private @Nullable Long total;
    private @Nullable String mark;
    private long read;
    private @Nullable Course course;

    private Builder(Instant servedAt) {
      this.servedAt = servedAt;
    }

    public Builder add(SourceRecord row) {
      records.add(row);
      return this;
    }

    public Builder scope(ScopeElement element) {
      scope.add(element);
      return this;
    }

    /**
     * The source says that a project or repository belongs to somebody else now: not that it was
     * looked for in vain. What was read of it is removed, like whatever leaves the scope.
     */
    public Builder left(String elementId) {
      left.add(elementId);
      return this;
    }

    public Builder owe(OwedWork work) {
      owed.add(work);
      return this;
    }

    public Builder complete(Class<? extends SourceRecord> children, String parentId) {
      childLists.add(new ChildList(children, parentId));
      return this;
    }

    /** The same for children that may be of several types: {@code of} says of which this one is. */
    public Builder complete(
        Class<? extends SourceRecord> children, Class<? extends SourceRecord> of, String parentId) {
      childLists.add(new ChildList(children, of, parentId));
      return this;
    }

    /** The page holds all of a type that a repository has. */
    public Builder completeOfRepository(Class<? extends SourceRecord> type, String repositoryId) {
      childLists.add(new ChildList(type, null, repositoryId, ChildList.Owner.REPOSITORY));
      return this;
    }

    /** The source says that it deleted the record: not that it was looked for in vain. */
    public Builder deleted(Class<? extends SourceRecord> type, String externalId) {
      deleted.add(new Deleted(type, externalId));
      return this;
    }

    public Builder settle(String parentId) {
      settled.add(parentId);
      return this;
    }

    /** The ids that a census found. */
    public Builder present(List<String> ids) {
      present = ids;
      return this;
    }

    public Builder total(@Nullable Long records) {
      total = records;
      return this;
    }

    /** What the walk turned out to be, if that is not what it was planned to be. */
    public Builder mark(String mark) {
      this.mark = mark;
      return this;
    }

    /** Notes when a record changed, for the watermark. */
    public Builder seen(@Nullable Instant changedAt) {
      if (changedAt != null && (newest == null || changedAt.isAfter(newest))) newest = changedAt;
      return this;
    }

    /**
     * Maps one record with {@code stream}. If it is unreadable, all that it had added is taken back
     * and it is set aside. Nothing is added for an older state of a record that the page has
     * already.
     *
     * @param externalId its id, or its place if even that could not be read
     */
    public Builder map(RecordStream stream, JsonNode raw, Partition partition, String externalId) {
      var lists = List.<List<?>>of(records, scope, owed, childLists, deleted, readable, settled);
      var sizes = lists.stream().mapToInt(List::size).toArray();
      var before = newest;
      newest = null;
      read++;
      try {
        stream.map(raw, partition, this);
        readable.add(externalId);
        var known = mapped.get(externalId);
        if (newest != null && known != null && newest.isBefore(known)) takeBack(lists, sizes);
        else if (newest != null) changed(externalId, newest);
      } catch (UnreadableRecord e) {
        takeBack(lists, sizes);
        setAside(externalId, e.getMessage(), raw, partition);
      }
      return seen(before);
    }

    private void changed(String externalId, Instant at) {
      mapped.put(externalId, at);
      course = course == null ? Course.at(at) : course.then(at);
    }

    private static void takeBack(List<List<?>> lists, int[] sizes) {
      for (int i = 0; i < sizes.length; i++) {
        var list = lists.get(i);
        list.subList(sizes[i], list.size()).clear();
      }
    }

    /** Sets a record of the page's own project or repository, or a part of one, aside. */
    public Builder setAside(String externalId, @Nullable String reason, JsonNode raw) {
      return setAside(externalId, reason, raw, Partition.WHOLE);
    }

    /**
     * Sets a record, or a part of one, aside for the quarantine; it leaves the scope with {@code
     * of}.
     */
    public Builder setAside(
        String externalId, @Nullable String reason, JsonNode raw, Partition of) {
      unreadable.add(
          new Unreadable(externalId, reason == null ? "unreadable" : reason, raw.toString(), of));
      return this;
    }

    /** Notes that a record could be mapped that had to be set aside before, perhaps. */
    public Builder readable(String externalId) {
      readable.add(externalId);
      return this;
    }

    /** The page, followed by the one at {@code next}. */
    public Page next(Position next) {
      return build(next);
    }

    /** The page, the last of its walk or batch. */
    public Page last() {
      return build(null);
    }

    /** What was read in part stays set aside. */
    private Page build(@Nullable Position next) {
      var asideIds = unreadable.stream().map(Unreadable::externalId).collect(toSet());
      readable.removeIf(asideIds::contains);
      return new Page(
          records,
          scope,
          left,
          owed,
          childLists,
          deleted,
          unreadable,
          readable,
          settled,
          present,
          next,
          newest,
          servedAt,
          total,
          mark,
          // not all streams map their records one by one
          present != null ? present.size() : Math.max(read, readable.size() + unreadable.size()),
          course);
    }
  }
}
