package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which projects are read by themselves, and which together.
 *
 * <p>A project that has caught up with the others joins the group, which is read in one search: any
 * number of quiet projects costs one request. The group's members are the mark of its checkpoint: a
 * walk goes on with the members it began with, less those that were hidden meanwhile, which go on
 * by themselves from where they themselves had come.
 *
 * @param members of the group
 * @param floor all that changed in any member before it was read by the member itself; null = no
 *     such time is known
 */
record JiraGrouping(List<PlannedWalk> walks, List<String> members, @Nullable Instant floor) {

  static final Partition GROUP = new Partition("*", "all projects");

  JiraGrouping {
    walks = List.copyOf(walks);
    members = List.copyOf(members);
  }

  static JiraGrouping of(Planning planning, JiraVisible visible) {
    var group = planning.reached(GROUP.id());
    var before = group.mark() == null ? List.<String>of() : List.of(group.mark().split(","));
    var joined = new TreeSet<>(visible.of(before));
    // one that was removed meanwhile must first be read by itself again
    joined.removeIf(id -> planning.reached(id).completedAt() == null);
    if (!group.open()) joined.retainAll(ids(planning.scope()));
    var walks = new ArrayList<PlannedWalk>();
    for (var project : planning.scope()) {
      var id = project.externalId();
      if (joined.contains(id)) continue;
      if (!group.open() && !visible.hides(id) && caughtUp(planning, id)) joined.add(id);
      else walks.add(new PlannedWalk(Partition.of(project), null));
    }
    // first, so that those who read for themselves begin no earlier and can join the next time
    if (!joined.isEmpty()) walks.addFirst(new PlannedWalk(GROUP, String.join(",", joined)));
    return new JiraGrouping(walks, List.copyOf(joined), covered(planning, joined));
  }

  static List<String> ids(List<ScopeElement> scope) {
    return scope.stream().map(ScopeElement::externalId).toList();
  }

  /** All that changed in the project before this was read by itself or with the group. */
  static @Nullable Instant read(Map<String, Reached> checkpoints, String project) {
    var own = checkpoints.getOrDefault(project, Reached.NOWHERE);
    var covered = coveredBy(own);
    if (covered == null) return own.watermark();
    var group = checkpoints.getOrDefault(GROUP.id(), Reached.NOWHERE);
    var together = group.watermark();
    boolean member = group.mark() != null && List.of(group.mark().split(",")).contains(project);
    return member && together != null && together.isAfter(covered) ? together : covered;
  }

  private static @Nullable Instant coveredBy(Planning planning, String project) {
    return coveredBy(planning.reached(project));
  }

  /** All that changed in the project before this has been read: not the watermark, which rests. */
  private static @Nullable Instant coveredBy(Reached own) {
    return own.open() || own.completedAt() == null
        ? null
        : own.completedAt().minus(JiraIssues.OVERLAP);
  }

  private static boolean caughtUp(Planning planning, String project) {
    var covered = coveredBy(planning, project);
    var group = planning.reached(GROUP.id()).watermark();
    return covered != null && (group == null || !group.isAfter(covered));
  }

  /** The earliest time that holds for all. */
  private static @Nullable Instant covered(Planning planning, Iterable<String> members) {
    Instant first = null;
    for (var member : members) {
      var covered = coveredBy(planning, member);
      if (covered == null) return null;
      if (first == null || covered.isBefore(first)) first = covered;
    }
    return first;
  }
}
