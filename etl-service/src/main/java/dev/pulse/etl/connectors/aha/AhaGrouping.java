package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which workspaces are read by themselves, and which together in the account's own list.
 *
 * <p>A workspace that has caught up with the others joins them: any number of quiet ones costs one
 * request. Once a day each is read by itself again. The members are the mark of the group's
 * checkpoint: a walk goes on with those it began with, less those that were hidden or removed
 * meanwhile, which are read by themselves first.
 *
 * @param members of the group
 * @param floor all that changed in any member before it was read by the member itself; null = no
 *     such time is known
 */
record AhaGrouping(List<PlannedWalk> walks, List<String> members, @Nullable Instant floor) {

  private static final Duration WHOLE_EVERY = Duration.ofHours(24);

  static final Partition GROUP = new Partition("*", "all workspaces");

  AhaGrouping {
    walks = List.copyOf(walks);
    members = List.copyOf(members);
  }

  static AhaGrouping of(
      Planning planning, List<ScopeElement> scope, AhaVisible visible, Duration overlap) {
    var group = planning.reached(GROUP.id());
    var joined = new TreeSet<String>();
    if (group.mark() != null) joined.addAll(List.of(group.mark().split(",")));
    joined.removeIf(id -> visible.hides(id) || planning.reached(id).completedAt() == null);
    if (!group.open()) joined.retainAll(scope.stream().map(ScopeElement::externalId).toList());
    var covered = new Covered(planning, overlap);
    var walks = new ArrayList<PlannedWalk>();
    for (var product : scope) {
      var id = product.externalId();
      if (!group.open() && !visible.hides(id) && covered.joins(id)) joined.add(id);
      if (!joined.contains(id) || covered.due(id)) {
        walks.add(new PlannedWalk(Partition.of(product), null));
      }
    }
    // first, so that those who read for themselves begin no earlier and can join the next time
    if (!joined.isEmpty()) walks.addFirst(new PlannedWalk(GROUP, String.join(",", joined)));
    return new AhaGrouping(walks, List.copyOf(joined), covered.byAll(List.copyOf(joined)));
  }

  /** Up to when the workspaces have read for themselves. */
  private record Covered(Planning planning, Duration overlap) {

    /** Not the watermark, which rests while nothing changes. */
    @Nullable Instant by(String product) {
      var own = planning.reached(product);
      return own.open() || own.completedAt() == null ? null : own.completedAt().minus(overlap);
    }

    /** Whether a member is to be read whole again, or is being read. */
    boolean due(String product) {
      var own = planning.reached(product);
      return own.open()
          || own.completedAt() == null
          || own.completedAt().isBefore(planning.now().minus(WHOLE_EVERY));
    }

    boolean joins(String product) {
      var covered = by(product);
      var group = planning.reached(GROUP.id()).watermark();
      return covered != null && (group == null || !group.isAfter(covered));
    }

    @Nullable Instant byAll(List<String> products) {
      Instant first = null;
      for (var product : products) {
        var covered = by(product);
        if (covered == null) return null;
        if (first == null || covered.isBefore(first)) first = covered;
      }
      return first;
    }
  }
}
