package dev.pulse.local.world;

import dev.pulse.local.world.Shelf.Placed;
import dev.pulse.local.world.Shelf.Sort;
import dev.pulse.local.world.Shelf.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The issues that repositories keep themselves, and the milestones that they are planned for: about
 * one for every two pull requests. The issues of all repositories take turns. What there was from
 * the beginning is made anew each time it is asked for; only what was done since is kept.
 */
public final class CodeIssues {

  private static final Duration HISTORY = Duration.ofDays(700);
  private static final Duration LIFE = Duration.ofDays(30);

  private final World world;
  private final int repositories;
  private final int pulls;
  private final Shelf shelf;
  private final CodeIssueMaker maker;
  private final CodeMilestones milestones;
  private final Map<Integer, List<Edit>> edits = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> origins = new ConcurrentHashMap<>();
  private final Set<Integer> switchedOff = ConcurrentHashMap.newKeySet();
  private int serial;

  /**
   * The issues of a world.
   *
   * @param pulls how many pull requests it has from the beginning
   */
  CodeIssues(World world, int pulls) {
    this.world = world;
    this.repositories = world.repositories().size();
    this.pulls = pulls;
    int first = Math.max(repositories, pulls / 2);
    this.shelf = new Shelf(repositories, first, index -> settled(index, first));
    this.maker = new CodeIssueMaker(world, this);
    this.milestones = new CodeMilestones(world);
  }

  /** How many there ever were. */
  public int count() {
    return shelf.count();
  }

  /** Whether it is no more: deleted, or transferred. */
  public boolean gone(int index) {
    return shelf.deleted(index);
  }

  /** Whether a repository keeps no issues at the moment; those that it has are not shown. */
  public boolean switchedOff(Repository repository) {
    return switchedOff.contains(repository.index());
  }

  public CodeMilestones milestones() {
    return milestones;
  }

  /** An issue as it is now, or as it was when it was last there. */
  public CodeIssue issue(int index) {
    int origin = origins.getOrDefault(index, index);
    return maker.make(
        index,
        origin,
        world.repository(index % repositories),
        1 + index / repositories,
        created(index),
        shelf.made(index) == null ? settled(index, shelf.first()) : null,
        edits.getOrDefault(index, List.of()));
  }

  /** Issues of a repository that are there, by creation or by update. */
  public List<Placed> places(Repository repository, @Nullable Instant since, Sort sort) {
    return switchedOff(repository)
        ? List.of()
        : shelf.places(new View(List.of(repository.index()), since, sort));
  }

  /** Somebody does something to an issue; nothing happens to one that is gone. */
  public synchronized void edit(int index) {
    happen(index, serial + 1);
  }

  /** Somebody closes an open issue, or opens a closed one again. */
  public synchronized void toggle(int index) {
    happen(index, CodeIssueMaker.TOGGLE);
  }

  private void happen(int index, int kind) {
    if (gone(index)) return;
    serial++;
    var at = now();
    var more = new ArrayList<>(edits.getOrDefault(index, List.of()));
    more.add(new Edit(serial, at, kind));
    edits.put(index, List.copyOf(more)); // before it is listed anew: no list shows an older one
    shelf.edit(index, at);
  }

  /** A new issue, of the repository whose turn it is; returns its index. */
  public synchronized int create() {
    return shelf.create(now());
  }

  public synchronized void delete(int index) {
    shelf.delete(index);
  }

  /**
   * Somebody moves an issue to another repository, where it gets another id and number.
   *
   * @return its index there
   */
  public synchronized int transfer(int index) {
    int next = create();
    if (repositories > 1 && next % repositories == index % repositories) next = create();
    origins.put(next, index);
    shelf.delete(index);
    return next;
  }

  /** A repository stops keeping issues, or begins again. */
  public void switchOff(int repository, boolean off) {
    if (off) switchedOff.add(repository);
    else switchedOff.remove(repository);
  }

  /** Edits this share of all, spread evenly. */
  void change(int step) {
    for (int i = 0; i < count(); i += step) edit(i);
  }

  /** The pull request that closes an issue, if one does; it is of the same repository. */
  public @Nullable Integer closer(int index) {
    return index / repositories % 5 == 2 && index < pulls ? index : null;
  }

  /** Index of some pull request of the repository of an issue. */
  int somePull(int index, Dice dice) {
    int turns = Math.max(1, (pulls - index % repositories + repositories - 1) / repositories);
    return index % repositories + repositories * dice.below(turns);
  }

  /** An earlier issue of the same repository; null if there is none that near. */
  @Nullable Integer earlier(int index, Dice dice) {
    int found = index - repositories * (1 + dice.below(5));
    return found < 0 ? null : found;
  }

  private Instant created(int index) {
    var made = shelf.made(index);
    return made == null ? born(index, shelf.first()) : made;
  }

  /** The later an issue was made, the later is the end of what happened to it first. */
  private Instant settled(int index, int of) {
    var born = born(index, of);
    var half = Duration.between(born, world.end()).dividedBy(2);
    return born.plus(half.compareTo(LIFE) < 0 ? half : LIFE).truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant born(int index, int of) {
    long span = HISTORY.toMillis() - Duration.ofDays(1).toMillis();
    long millis = (long) (span * ((double) index / of));
    return world.end().minus(HISTORY).plusMillis(millis).truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant now() {
    return world.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
