package dev.pulse.local.world;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one kind. Only what was done to them since the world was made is kept: a page of any
 * list costs as much as has been touched, however many plans there are.
 *
 * <p>The plans of all projects take turns: plan {@code i} belongs to project {@code i} modulo their
 * number. The more plans were made before one, the later was it made, and changed for the first
 * time.
 */
public final class Shelf {

  /** How a list is ordered. */
  public enum Sort {
    ID,
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /**
   * What a list shows.
   *
   * @param projects indexes, ascending
   * @param since only what was changed at or after; null = all
   */
  public record View(List<Integer> projects, @Nullable Instant since, Sort sort) {}

  private record Touch(int revision, Instant at) {}

  private final int projects;
  private final int first;
  private final IntFunction<Instant> settled;
  private final Map<Integer, Touch> touches = new HashMap<>();
  private final NavigableMap<Order, Integer> touched = new TreeMap<>();
  private final NavigableSet<Integer> deleted = new TreeSet<>();
  private final List<Instant> made = new ArrayList<>();

  /**
   * A shelf.
   *
   * @param first how many plans there are from the beginning
   * @param settled when each of those was last changed then; never later than the next one's
   */
  Shelf(int projects, int first, IntFunction<Instant> settled) {
    this.projects = projects;
    this.first = first;
    this.settled = settled;
  }

  /** How many plans there were from the beginning. */
  int first() {
    return first;
  }

  /** How many plans were ever made. */
  public synchronized int count() {
    return first + made.size();
  }

  public synchronized boolean deleted(int index) {
    return deleted.contains(index);
  }

  synchronized int revision(int index) {
    var touch = touches.get(index);
    return touch == null ? 0 : touch.revision;
  }

  synchronized Instant updated(int index) {
    var touch = touches.get(index);
    return touch == null ? settled.apply(index) : touch.at;
  }

  /** When one was made that was not there from the beginning. */
  synchronized @Nullable Instant made(int index) {
    return index < first ? null : made.get(index - first);
  }

  synchronized void edit(int index, Instant at) {
    if (deleted.contains(index)) return;
    var before = touches.get(index);
    if (before != null) touched.remove(new Order(before.at, index));
    touch(index, before == null ? 1 : before.revision + 1, at);
  }

  synchronized int create(Instant at) {
    int index = count();
    made.add(at);
    touch(index, 0, at);
    return index;
  }

  synchronized void delete(int index) {
    var touch = touches.get(index);
    if (touch != null) touched.remove(new Order(touch.at, index));
    deleted.add(index);
  }

  synchronized void restore(int index) {
    if (!deleted.remove(index)) return;
    var touch = touches.get(index);
    if (touch != null) touched.put(new Order(touch.at, index), index);
  }

  private void touch(int index, int revision, Instant at) {
    touches.put(index, new Touch(revision, at));
    touched.put(new Order(at, index), index);
  }

  /** How many plans a list has. */
  public synchronized int size(View view) {
    return list(view).size();
  }

  /** An entry of a list, with the place that it has there. */
  public record Placed(Order order, int index) {}

  /** A whole list as it is at this moment; its entries are found only when they are asked for. */
  public synchronized List<Placed> places(View view) {
    var list = list(view);
    var moved = new HashMap<Integer, Instant>();
    touches.forEach(
        (index, touch) -> {
          if (view.projects.contains(index % projects)) moved.put(index, touch.at);
        });
    boolean backwards = view.sort == Sort.NEWEST_FIRST;
    return new AbstractList<>() {
      @Override
      public Placed get(int place) {
        int index = list.at(backwards ? list.size() - 1 - place : place);
        var at = moved.get(index);
        if (view.sort == Sort.ID) at = Instant.EPOCH;
        return new Placed(new Order(at == null ? settled.apply(index) : at, index), index);
      }

      @Override
      public int size() {
        return list.size();
      }
    };
  }

  /** Part of a list: indexes of plans. */
  public synchronized List<Integer> slice(View view, int from, int limit) {
    var list = list(view);
    int to = (int) Math.min(list.size(), (long) from + limit);
    boolean backwards = view.sort == Sort.NEWEST_FIRST;
    return IntStream.range(from, to)
        .map(place -> list.at(backwards ? list.size() - 1 - place : place))
        .boxed()
        .toList();
  }

  private Listing list(View view) {
    var turns = new Turns(projects, view.projects);
    int begin = view.since == null ? 0 : firstSettledSince(view.since);
    var recent = new ArrayList<Integer>();
    var holes = new TreeSet<Integer>();
    touched
        .tailMap(new Order(view.since == null ? Instant.EPOCH : view.since, -1))
        .values()
        .forEach(
            index -> {
              if (turns.has(index)) recent.add(index);
            });
    for (int index : deleted) if (index >= begin && turns.has(index)) holes.add(turns.rank(index));
    int from = turns.rank(begin);
    int to = turns.rank(count());
    touches.forEach(
        (index, touch) -> {
          boolean here =
              view.sort == Sort.ID && (view.since == null || !touch.at.isBefore(view.since));
          if (!here && index >= begin && turns.has(index)) holes.add(turns.rank(index));
        });
    if (view.sort == Sort.ID) {
      var before = recent.stream().filter(index -> index < begin).sorted().toList();
      return new Listing(turns, before, from, to, holes, List.of());
    }
    return new Listing(turns, List.of(), from, to, holes, recent);
  }

  private int firstSettledSince(Instant since) {
    int low = 0;
    int high = first;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (settled.apply(middle).isBefore(since)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Which plans are those of some projects, counted through. */
  private record Turns(int projects, List<Integer> shown) {

    boolean has(int index) {
      return shown.contains(index % projects);
    }

    /** How many plans of these projects come before one. */
    int rank(int index) {
      int turn = index % projects;
      return index / projects * shown.size()
          + (int) shown.stream().filter(each -> each < turn).count();
    }

    int index(int rank) {
      return rank / shown.size() * projects + shown.get(rank % shown.size());
    }
  }

  /**
   * A list in three parts: some plans, then all from a rank to another but for the holes, then
   * others.
   */
  private record Listing(
      Turns turns,
      List<Integer> before,
      int from,
      int to,
      NavigableSet<Integer> holes,
      List<Integer> after) {

    int size() {
      return before.size() + middle() + after.size();
    }

    private int middle() {
      return to - from - holes.size();
    }

    int at(int place) {
      if (place < before.size()) return before.get(place);
      int inside = place - before.size();
      if (inside >= middle()) return after.get(inside - middle());
      int rank = from + inside;
      for (int hole : holes) {
        if (hole > rank) break;
        rank++;
      }
      return turns.index(rank);
    }
  }
}
