package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.joining;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.connectors.WalkedStream.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans the walks of a list that is sorted by creation, and whose records change later. A walk goes
 * down to the watermark; every now and then it goes further, for what changed below it. When it
 * last did is kept in the mark of the walk, beside what the probe said.
 */
final class GitHubLookBack {

  private static final String BETWEEN = " | ";
  private static final String UNKNOWN = "?";

  /**
   * That records up to an age are read again.
   *
   * @param every at least so often
   * @param age null = of any age
   */
  record Tier(Duration every, @Nullable Duration age) {

    boolean covers(Tier other) {
      return age == null || (other.age != null && age.compareTo(other.age) >= 0);
    }

    Instant from(Instant now) {
      return age == null ? Instant.MIN : now.minus(age);
    }
  }

  private final GitHubProbe probe;
  private final List<String> lists;
  private final Duration atLeastEvery;
  private final @Nullable Instant startFrom;
  private final List<Tier> tiers;
  private final Map<String, Instant> bounds = new ConcurrentHashMap<>();
  private final Set<String> awake = ConcurrentHashMap.newKeySet();

  /**
   * Plans for one stream and run.
   *
   * @param lists of the probe that tell whether something is new
   * @param atLeastEvery how old a walk may be although the probe says that nothing is new
   * @param startFrom nothing older is read; null = all history
   */
  GitHubLookBack(
      GitHubProbe probe,
      List<String> lists,
      Duration atLeastEvery,
      @Nullable Instant startFrom,
      List<Tier> tiers) {
    this.probe = probe;
    this.lists = lists;
    this.atLeastEvery = atLeastEvery;
    this.startFrom = startFrom;
    this.tiers = List.copyOf(tiers);
  }

  /** There is news of a repository that the probe may not have: it is walked in this run. */
  void wake(Partition repository) {
    awake.add(repository.id());
  }

  List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    var said = probe.marks(planning.scope(), lists);
    var walks = new ArrayList<PlannedWalk>();
    for (var repository : planning.scope()) {
      var now = said.getOrDefault(repository.externalId(), UNKNOWN);
      if (!quiet(planning, repository, now)) walks.add(walk(planning, repository, now));
    }
    return walks;
  }

  /** Where a walk that begins ends; null = it reads all. */
  @Nullable Instant floor(Request request) {
    var floor = request.floor();
    var bound = bounds.get(request.partition().id());
    if (floor == null || bound == null) return floor;
    var least = startFrom == null || bound.isAfter(startFrom) ? bound : startFrom;
    return least.isBefore(floor) ? least : floor;
  }

  private boolean quiet(Planning planning, ScopeElement repository, String said) {
    var reached = planning.reached(repository.externalId());
    if (reached.open() || reached.completedAt() == null) return false;
    return !said.equals(UNKNOWN)
        && said.equals(said(reached))
        && reached.completedAt().isAfter(planning.now().minus(atLeastEvery))
        && !awake.contains(repository.externalId());
  }

  private PlannedWalk walk(Planning planning, ScopeElement repository, String said) {
    var reached = planning.reached(repository.externalId());
    var now = planning.now();
    var times = times(reached);
    for (int i = 0; i < tiers.size(); i++) {
      var tier = tiers.get(i);
      boolean due =
          reached.open()
              || reached.completedAt() == null
              || !times.get(i).isAfter(now.minus(tier.every));
      if (!due) continue;
      for (int k = 0; k < tiers.size(); k++) if (tier.covers(tiers.get(k))) times.set(k, now);
      bounds.merge(repository.externalId(), tier.from(now), (a, b) -> a.isBefore(b) ? a : b);
    }
    var mark = times.stream().map(at -> "" + at.getEpochSecond()).collect(joining(" "));
    return new PlannedWalk(Partition.of(repository), mark + BETWEEN + said);
  }

  private static @Nullable String said(Reached reached) {
    var mark = reached.mark();
    int at = mark == null ? -1 : mark.indexOf(BETWEEN);
    return at < 0 || mark == null ? null : mark.substring(at + BETWEEN.length());
  }

  /** When a walk last went as far as each tier does; long ago if that is not known. */
  private List<Instant> times(Reached reached) {
    var mark = reached.mark() == null ? "" : reached.mark();
    var parts = mark.split(" \\|", 2)[0].split(" ");
    boolean known =
        parts.length == tiers.size()
            && Stream.of(parts).allMatch(each -> each.matches("\\d{1,12}"));
    var times = new ArrayList<Instant>();
    for (int i = 0; i < tiers.size(); i++) {
      times.add(known ? Instant.ofEpochSecond(Long.parseLong(parts[i])) : Instant.EPOCH);
    }
    return times;
  }
}
