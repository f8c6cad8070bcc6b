package dev.pulse.local.world;

import dev.pulse.local.world.Plan.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the organisation plans: about one feature for each issue, and what the features serve. */
public final class Roadmap {

  private static final Duration HISTORY = Duration.ofDays(700);
  private static final Duration SETTLING = Duration.ofDays(3);
  private static final List<String> TAGS = List.of("Engineering", "Infrastructure", "Customer");

  private final World world;
  private final int projects;
  private final Map<Kind, Shelf> shelves = new EnumMap<>(Kind.class);
  private final List<Removal> removals = new CopyOnWriteArrayList<>();

  Roadmap(World world, int issues) {
    this.world = world;
    this.projects = world.projects().size();
    int features = Math.max(1, issues / projects);
    shelve(Kind.FEATURE, features);
    shelve(Kind.IDEA, Math.max(1, features / 4));
    shelve(Kind.EPIC, Math.max(1, features / 20));
    shelve(Kind.INITIATIVE, Math.max(1, features / 50));
    shelve(Kind.GOAL, Math.max(1, features / 100));
    shelve(Kind.RELEASE, 4);
  }

  private void shelve(Kind kind, int ofEachProject) {
    int first = ofEachProject * projects;
    shelves.put(kind, new Shelf(projects, first, index -> settled(index, first)));
  }

  public Shelf shelf(Kind kind) {
    var shelf = shelves.get(kind);
    if (shelf == null) throw new IllegalArgumentException("no shelf of " + kind);
    return shelf;
  }

  /** A plan as it is now. */
  public Plan plan(Kind kind, int index) {
    var shelf = shelf(kind);
    var dice = new Dice(world.seed(), 20 + kind.number(), index);
    var project = world.projects().get(index % projects);
    int revision = shelf.revision(index);
    var made = shelf.made(index);
    return new Plan(
        kind,
        index,
        kind.id(index),
        project,
        1 + index / projects,
        Words.title(dice) + (revision == 0 ? "" : " (revision " + revision + ")"),
        Words.text(dice),
        (dice.below(4) + revision) % 4,
        world.someone(dice),
        dice.percent(70) ? world.someone(dice) : null,
        parent(kind, project, dice),
        kind == Kind.FEATURE || kind == Kind.EPIC ? one(Kind.RELEASE, project, dice, 80) : null,
        kind == Kind.FEATURE && dice.percent(90) ? world.issueKey(index) : null,
        dice.percent(30) ? List.of(dice.of(TAGS)) : List.of(),
        made == null ? born(index, shelf.first()) : made,
        shelf.updated(index),
        revision);
  }

  /** Somebody does something to a plan. */
  public void edit(Kind kind, int index) {
    shelf(kind).edit(index, world.now());
  }

  /** A new plan; returns its index. */
  public int create(Kind kind) {
    return shelf(kind).create(world.now());
  }

  public void delete(Kind kind, int index) {
    shelf(kind).delete(index);
    removals.add(new Removal(plan(kind, index), world.now()));
  }

  /** Takes a plan back out of the recycle bin, as it was. */
  public void restore(Kind kind, int index) {
    shelf(kind).restore(index);
  }

  /** That a plan was deleted; it stays true when the plan is restored. */
  public record Removal(Plan plan, Instant at) {}

  /** All that were ever deleted, the first one first. */
  public List<Removal> removals() {
    return List.copyOf(removals);
  }

  private @Nullable Long parent(Kind kind, Project project, Dice dice) {
    return switch (kind) {
      case GOAL, RELEASE -> null;
      case INITIATIVE -> one(Kind.GOAL, project, dice, 90);
      case EPIC -> one(Kind.INITIATIVE, project, dice, 80);
      case FEATURE -> one(Kind.EPIC, project, dice, 60);
      case IDEA -> one(Kind.FEATURE, project, dice, 20);
    };
  }

  /** Any of those that the project has had from the beginning, or none. */
  private @Nullable Long one(Kind kind, Project project, Dice dice, int percent) {
    int turn = dice.below(Math.max(1, shelf(kind).first() / projects));
    return dice.percent(percent) ? kind.id(turn * projects + project.index()) : null;
  }

  private Instant settled(int index, int of) {
    var settled = born(index, of).plus(SETTLING);
    return settled.isBefore(world.end()) ? settled : world.end();
  }

  private Instant born(int index, int of) {
    long span = HISTORY.toMillis() - Duration.ofDays(1).toMillis();
    return world.end().minus(HISTORY).plusMillis(span / of * index).truncatedTo(ChronoUnit.MILLIS);
  }
}
