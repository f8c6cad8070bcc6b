package dev.pulse.local.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Work that people logged on issues. What was logged before the world began is made anew each time;
 * what is logged, changed or deleted since is kept, with the time.
 */
public final class Work {

  private static final long FIRST = 10_000L;
  private static final long NEW = 3_000_000_000_000L;
  private static final int MOST = 50;

  private final World world;
  private final Map<Integer, List<Entry>> logged = new ConcurrentHashMap<>();
  private final Map<Long, Entry> changed = new ConcurrentHashMap<>();
  private final NavigableMap<Order, Integer> changes = new ConcurrentSkipListMap<>();
  private final NavigableMap<Order, Integer> deletions = new ConcurrentSkipListMap<>();
  private final Map<Long, Instant> deleted = new ConcurrentHashMap<>();
  private final AtomicLong serial = new AtomicLong();
  private Instant last = Instant.EPOCH;

  Work(World world) {
    this.world = world;
  }

  /** Some time that somebody spent on an issue. */
  public record Entry(
      long id,
      int issue,
      Person author,
      Instant started,
      long seconds,
      String comment,
      Instant created,
      Instant updated) {

    /** The same, written by somebody whose name may have changed since. */
    Entry by(Person author) {
      return new Entry(id, issue, author, started, seconds, comment, created, updated);
    }
  }

  /** All that is logged on an issue now, the oldest first. */
  public List<Entry> on(Issue issue) {
    var all = new ArrayList<Entry>();
    for (int n = 0; n < count(issue.index()); n++) all.add(entry(issue, n));
    all.addAll(logged.getOrDefault(issue.index(), List.of()));
    return all.stream()
        .filter(each -> !deleted.containsKey(each.id()))
        .map(each -> changed.getOrDefault(each.id(), each))
        .map(each -> each.by(world.people().get(each.author().index())))
        .toList();
  }

  /** Somebody logs an hour, which the issue's time of update does not show. */
  public synchronized Entry log(int issue) {
    var now = tick();
    long id = NEW + serial.incrementAndGet();
    var author = world.people().getFirst();
    var entry = new Entry(id, issue, author, now.minusSeconds(3_600), 3_600, "an hour", now, now);
    var more = new ArrayList<>(logged.getOrDefault(issue, List.of()));
    more.add(entry);
    logged.put(issue, List.copyOf(more));
    changes.put(new Order(now, id), issue);
    return entry;
  }

  /** Somebody corrects an entry, likewise. */
  public synchronized void change(Entry before, long seconds) {
    var now = tick();
    changed.put(
        before.id(),
        new Entry(
            before.id(),
            before.issue(),
            before.author(),
            before.started(),
            seconds,
            before.comment(),
            before.created(),
            now));
    changes.put(new Order(now, before.id()), before.issue());
  }

  /** Somebody deletes an entry, likewise. */
  public synchronized void delete(Entry entry) {
    var now = tick();
    deleted.put(entry.id(), now);
    deletions.put(new Order(now, entry.id()), entry.issue());
  }

  /** Changes since the world began; the value is the index of the issue. */
  public NavigableMap<Order, Integer> changes() {
    return changes;
  }

  /** Deletions since the world began, likewise. */
  public NavigableMap<Order, Integer> deletions() {
    return deletions;
  }

  /** Index of the issue of an entry that is still there, or was; -1 = there never was one. */
  public int issueOf(long id) {
    if (id >= NEW) {
      return logged.values().stream()
          .flatMap(List::stream)
          .filter(each -> each.id() == id)
          .mapToInt(Entry::issue)
          .findFirst()
          .orElse(-1);
    }
    long index = (id - FIRST) / MOST;
    return id >= FIRST && index < world.issueCount() ? (int) index : -1;
  }

  /** No two changes share a millisecond. */
  private Instant tick() {
    var now = world.now();
    last = now.isAfter(last) ? now : last.plusMillis(1);
    return last;
  }

  /** Most issues have none, some a few, and few have more than is embedded anywhere. */
  private static int count(int issue) {
    if (issue % 193 == 11) return 45;
    return issue % 3 == 0 ? 1 + issue % 2 : 0;
  }

  private Entry entry(Issue issue, int number) {
    var created = issue.created();
    var author = world.people().get((issue.index() + number) % world.people().size());
    return new Entry(
        FIRST + issue.index() * (long) MOST + number,
        issue.index(),
        author,
        created.minus(Duration.ofMinutes(30)),
        900L * (1 + (issue.index() + number) % 8),
        "part " + number,
        created,
        created);
  }
}
