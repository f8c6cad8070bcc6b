package dev.pulse.local.world;

import dev.pulse.local.world.Issue.Change;
import dev.pulse.local.world.Issue.Comment;
import dev.pulse.local.world.Issue.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes issues: the same one each time it is asked for, plus what was done to it since. */
final class Issues {

  static final List<String> STATUS_IDS = List.of("2001", "2003", "2004", "2005");
  static final List<String> STATUSES = List.of("To Do", "In Progress", "In Review", "Done");
  static final List<String> PRIORITIES = List.of("Low", "Medium", "High", "Highest");
  private static final List<String> LABELS =
      List.of("backend", "frontend", "customer", "debt", "urgent");
  private static final int DONE = 3;

  /** Ids of changes and comments begin here, so that none is an issue's too. */
  private static final long EARLIEST = 1_000_000_000L;

  private final World world;

  Issues(World world) {
    this.world = world;
  }

  Issue make(int index, Project project, int number, Instant created, List<Edit> edits) {
    var dice = new Dice(world.seed(), 1, index);
    var draft = new Draft(index, project, dice, created);
    draft.live(world.end());
    edits.forEach(draft::apply);
    var parent =
        index > 50 && dice.percent(30) ? Integer.valueOf(index - 1 - dice.below(50)) : null;
    return new Issue(
        index,
        10_000L + index,
        project,
        number,
        draft.title,
        Words.text(dice),
        dice.below(4),
        draft.status,
        dice.of(PRIORITIES),
        dice.percent(40) ? List.of(dice.of(LABELS)) : List.of(),
        draft.assignee,
        draft.reporter,
        dice.percent(60) ? Double.valueOf(1 + dice.below(13)) : null,
        parent,
        dice.percent(10) ? due(created, dice) : null,
        created,
        draft.updated,
        draft.resolved,
        List.copyOf(draft.changes),
        List.copyOf(draft.comments));
  }

  private static String due(Instant created, Dice dice) {
    return LocalDate.ofInstant(created, ZoneOffset.UTC).plusDays(dice.below(90)).toString();
  }

  /** An issue while it lives. */
  private final class Draft {

    private final int index;
    private final Project project;
    private final Dice dice;
    private final Person reporter;
    private final List<Change> changes = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private String title;
    private int status;
    private @Nullable Person assignee;
    private @Nullable Instant resolved;
    private Instant updated;

    Draft(int index, Project project, Dice dice, Instant created) {
      this.project = project;
      this.index = index;
      this.dice = dice;
      this.title = Words.title(dice);
      this.reporter = world.someone(dice);
      this.updated = created;
    }

    void live(Instant end) {
      int changes = index % 997 == 5 ? 130 : 1 + dice.below(7);
      int comments = index % 991 == 7 ? 60 : dice.below(4);
      var at = updated;
      for (int i = 0; i < changes + comments; i++) {
        var next = at.plus(Duration.ofMillis(1 + dice.below(5 * 24 * 3_600_000)));
        if (!next.isBefore(end)) break;
        at = next;
        boolean comment = i % 3 == 2 && this.comments.size() < comments;
        if (comment || this.changes.size() >= changes) {
          comment(EARLIEST + index * 1_000L + 500 + this.comments.size(), at);
        } else {
          change(
              EARLIEST + index * 1_000L + this.changes.size(),
              at,
              this.changes.isEmpty() ? 0 : dice.below(10));
        }
      }
    }

    void apply(Edit edit) {
      if (edit.kind() % 3 == 2) comment(1_000_000_000_000L + edit.serial(), edit.at());
      else change(1_000_000_000_000L + edit.serial(), edit.at(), edit.kind() % 10);
    }

    private void change(long id, Instant at, int kind) {
      var author = world.someone(dice);
      var items = new ArrayList<Item>();
      if (kind < 7) {
        int next = status == DONE ? 1 : status + 1;
        items.add(status(next));
        if (next == DONE)
          items.add(new Item("resolution", "resolution", null, null, "2301", "Done"));
        resolved = next == DONE ? at : null;
        status = next;
      } else if (kind == 7) {
        var newTitle = Words.title(dice) + " " + id;
        items.add(new Item("summary", "summary", null, title, null, newTitle));
        title = newTitle;
      } else {
        var next = world.someone(dice);
        items.add(
            new Item(
                "assignee",
                "assignee",
                assignee == null ? null : assignee.accountId(),
                assignee == null ? null : assignee.name(),
                next.accountId(),
                next.name()));
        assignee = next;
      }
      var sprint = Sprints.change(project, index, changes.size());
      if (sprint != null) items.add(sprint);
      changes.add(new Change(id, author, at, List.copyOf(items)));
      updated = at;
    }

    private Item status(int next) {
      return new Item(
          "status",
          "status",
          STATUS_IDS.get(status),
          STATUSES.get(status),
          STATUS_IDS.get(next),
          STATUSES.get(next));
    }

    private void comment(long id, Instant at) {
      var body =
          index % 1_500 == 11 && comments.isEmpty() ? "x".repeat(1_000_000) : Words.text(dice);
      comments.add(new Comment(id, world.someone(dice), body, at, at));
      updated = at;
    }
  }
}
