package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the organisation plans.
 *
 * @param number counts within the project and kind, from 1
 * @param text what it is about, plain
 * @param status 0 new, 1 under way, 2 ready to ship, 3 shipped
 * @param parent of the kind above; null if it has none
 * @param release that it is planned for
 * @param issue key of the issue that it is built by
 * @param revision how often it was changed since the world was made
 */
public record Plan(
    Kind kind,
    int index,
    long id,
    Project project,
    int number,
    String name,
    String text,
    int status,
    Person creator,
    @Nullable Person assignee,
    @Nullable Long parent,
    @Nullable Long release,
    @Nullable String issue,
    List<String> tags,
    Instant created,
    Instant updated,
    int revision) {

  /** Kinds of plans, from the most general to the smallest. */
  public enum Kind {
    GOAL(0, "G-"),
    INITIATIVE(1, "S-"),
    EPIC(2, "E-"),
    FEATURE(3, ""),
    IDEA(4, "I-"),
    RELEASE(5, "R-");

    private final int number;
    private final String mark;

    Kind(int number, String mark) {
      this.number = number;
      this.mark = mark;
    }

    /** Tells the dice of one kind from those of another. */
    int number() {
      return number;
    }

    long id(int index) {
      return 6_700_000_000_000_000_000L + number * 1_000_000_000_000L + index;
    }
  }

  /** What people call it, such as PAYP-E-3. */
  public String reference() {
    return prefix(project) + "-" + kind.mark + number;
  }

  /** What the plans of a project are called after: never like the keys of its issues. */
  public static String prefix(Project project) {
    return project.key() + "P";
  }
}
