package dev.pulse.local.world;

import dev.pulse.local.world.Issue.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Boards and sprints of the projects, and which issues are in which sprint from when to when. */
public final class Sprints {

  public static final String FIELD = "customfield_10021";

  /**
   * Boards, sprints and versions are numbered like the issues, and so is work, as on sites where
   * each type of record is numbered by itself: an id alone names nothing. Only these three differ.
   */
  private static final long FIRST = 10_003;

  private static final long FIRST_BOARD = 10_007;
  private static final int PER_PROJECT = 10;
  private static final Duration LENGTH = Duration.ofDays(14);
  private static final List<String> STATES = List.of("closed", "closed", "active", "future");

  private Sprints() {}

  /**
   * A sprint.
   *
   * @param state closed, active or future
   */
  public record Sprint(
      long id, long boardId, String name, String state, @Nullable Instant startsAt) {

    public @Nullable Instant endsAt() {
      return startsAt == null ? null : startsAt.plus(LENGTH);
    }

    Sprint called(String other) {
      return new Sprint(id, boardId, other, state, startsAt);
    }

    Sprint closed() {
      return new Sprint(id, boardId, name, "closed", startsAt);
    }

    public @Nullable Instant completedAt() {
      return state.equals("closed") ? endsAt() : null;
    }
  }

  /** An issue in a sprint; null = from its creation, or to this day. */
  public record Stay(long sprint, @Nullable Instant from, @Nullable Instant to) {}

  public static long board(Project project) {
    return FIRST_BOARD + (long) PER_PROJECT * project.index();
  }

  /** Index of the project that a board would be of; negative if there can be no such board. */
  public static int projectOf(long board) {
    long from = board - FIRST_BOARD;
    return from % PER_PROJECT == 0 ? (int) (from / PER_PROJECT) : -1;
  }

  /** What Jira calls the type of a project's board; only those of scrum have sprints. */
  public static String type(Project project) {
    if (project.index() % 2 == 0) return "scrum";
    return project.index() % 4 == 1 ? "simple" : "kanban";
  }

  static List<Sprint> of(Project project, Instant end) {
    if (!type(project).equals("scrum")) return List.of();
    var today = end.minus(Duration.ofDays(7));
    return IntStream.range(0, STATES.size())
        .mapToObj(
            n ->
                new Sprint(
                    id(project, n),
                    board(project),
                    name(project, n),
                    STATES.get(n),
                    n == 3 ? null : today.plus(LENGTH.multipliedBy(n - 2L))))
        .toList();
  }

  public static String name(Project project, int sprint) {
    return project.key() + " Sprint " + (sprint + 1);
  }

  /** All stays of an issue, ended or not. */
  public static List<Stay> stays(Issue issue) {
    var changes = issue.changes();
    var project = issue.project();
    return switch (course(project, issue.index())) {
      case 1 ->
          IntStream.range(0, 2)
              .filter(n -> changes.size() > 2 * n)
              .mapToObj(n -> new Stay(id(project, n), changes.get(2 * n).at(), null))
              .toList();
      case 2 ->
          List.of(new Stay(id(project, 1), null, changes.size() > 1 ? changes.get(1).at() : null));
      case 3 -> List.of(new Stay(id(project, 2), null, null));
      default -> List.of();
    };
  }

  /** Numbers of the sprints that an issue is in now. */
  public static List<Integer> now(Issue issue) {
    return stays(issue).stream()
        .filter(each -> each.to() == null)
        .map(each -> (int) ((each.sprint() - FIRST) % PER_PROJECT))
        .toList();
  }

  public static long id(Project project, int sprint) {
    return FIRST + (long) PER_PROJECT * project.index() + sprint;
  }

  /** What the change of this number does to the sprints of an issue; null = nothing. */
  static @Nullable Item change(Project project, int issue, int number) {
    return switch (course(project, issue) + " " + number) {
      case "1 0" -> item(project, List.of(), List.of(0));
      case "1 2" -> item(project, List.of(0), List.of(0, 1));
      case "2 1" -> item(project, List.of(1), List.of());
      default -> null;
    };
  }

  private static Item item(Project project, List<Integer> from, List<Integer> to) {
    return new Item(
        "Sprint",
        FIELD,
        ids(project, from),
        names(project, from),
        ids(project, to),
        names(project, to));
  }

  private static String ids(Project project, List<Integer> sprints) {
    return sprints.stream()
        .map(each -> Long.toString(id(project, each)))
        .collect(Collectors.joining(", "));
  }

  private static String names(Project project, List<Integer> sprints) {
    return sprints.stream().map(each -> name(project, each)).collect(Collectors.joining(", "));
  }

  private static int course(Project project, int issue) {
    return type(project).equals("scrum") ? issue / 7 % 4 : 0;
  }
}
