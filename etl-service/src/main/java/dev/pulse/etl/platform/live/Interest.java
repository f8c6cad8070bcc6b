package dev.pulse.etl.platform.live;

import java.util.Set;

/**
 * What a subscriber hears of.
 *
 * @param jobs whose events it wants; empty = all
 * @param restricted whether it must not hear of any others, not even their names
 */
public record Interest(Set<Long> jobs, boolean restricted) {

  /** Of whoever may see everything. */
  public static final Interest EVERYTHING = new Interest(Set.of(), false);

  public Interest {
    jobs = Set.copyOf(jobs);
  }
}
