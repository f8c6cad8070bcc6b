package dev.pulse.local.world;

import dev.pulse.local.world.CodeIssue.Event;
import dev.pulse.local.world.CodeIssue.Kind;
import dev.pulse.local.world.CodeIssue.Target;
import dev.pulse.local.world.PullRequest.Comment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes issues: the same one each time it is asked for, plus what was done to it since. */
final class CodeIssueMaker {

  /** So many kinds of things can be done to an issue. */
  private static final int KINDS = 11;

  /** It is closed, or opened again. */
  static final int TOGGLE = 0;

  private static final List<String> LABELS = List.of("bug", "feature", "question", "help wanted");
  private static final List<String> REASONS = List.of("COMPLETED", "NOT_PLANNED", "DUPLICATE");
  private static final long FIRST = 900_000_000L;
  private static final long FIRST_COMMENT = 30_000_000_000L;
  private static final long LATER_COMMENT = 2_000_000_000_000L;

  /** No pull request of any repository has such a number. */
  private static final int FIRST_NUMBER = 100_000;

  private final World world;
  private final CodeIssues issues;

  CodeIssueMaker(World world, CodeIssues issues) {
    this.world = world;
    this.issues = issues;
  }

  /**
   * An issue.
   *
   * @param origin the one that it was before it was transferred; the same = it was not
   * @param settled when the last thing happened to it in the past; null = it was made since
   */
  CodeIssue make(
      int index,
      int origin,
      Repository repository,
      int turn,
      Instant created,
      @Nullable Instant settled,
      List<Edit> edits) {
    var dice = new Dice(world.seed(), 40, origin);
    var draft = new Draft(index, repository, dice, created);
    var body = Words.text(dice);
    if (origin != index) draft.transferred(origin % world.repositories().size());
    if (settled != null) draft.live(settled);
    edits.forEach(draft::apply);
    return new CodeIssue(
        index,
        FIRST + index,
        repository,
        FIRST_NUMBER + turn,
        draft.title,
        body,
        draft.closed == null,
        draft.reason,
        draft.author,
        List.copyOf(draft.assignees),
        List.copyOf(draft.labels),
        draft.milestone,
        draft.parent,
        created,
        draft.updated,
        draft.closed,
        List.copyOf(draft.events),
        List.copyOf(draft.comments));
  }

  /** An issue while it lives. GitHub's clock has seconds. */
  private final class Draft {

    private final int index;
    private final Repository repository;
    private final Dice dice;
    private final Person author;
    private final List<Person> assignees = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private String title;
    private @Nullable String reason;
    private @Nullable Integer milestone;
    private @Nullable Integer parent;
    private @Nullable Integer duplicateOf;
    private @Nullable Integer connected;
    private @Nullable Instant closed;
    private Instant updated;

    Draft(int index, Repository repository, Dice dice, Instant created) {
      this.index = index;
      this.repository = repository;
      this.dice = dice;
      this.title = Words.title(dice);
      this.author = dice.percent(8) ? world.bot() : world.someone(dice);
      this.updated = created;
    }

    /** Most live through a few things, and few through more than fit on a page. */
    void live(Instant end) {
      int steps = index % 499 == 3 ? 160 : 1 + dice.below(6);
      long apart = Duration.between(updated, end).dividedBy(steps).toSeconds();
      for (int i = 1; i < steps; i++) {
        updated = updated.plusSeconds(apart);
        happen(dice.below(KINDS), FIRST_COMMENT + index * 1_000L + comments.size());
      }
      updated = end;
      happen(dice.percent(60) ? TOGGLE : dice.below(KINDS), FIRST_COMMENT + index * 1_000L + 999);
    }

    void apply(Edit edit) {
      updated = edit.at();
      happen(edit.kind() % KINDS, LATER_COMMENT + edit.serial());
    }

    void transferred(int from) {
      happened("TransferredEvent", null, null, null, target(Kind.REPOSITORY, from));
    }

    private void happen(int kind, long id) {
      switch (kind) {
        case TOGGLE -> toggle();
        case 1 -> label();
        case 2 -> assign();
        case 3 -> milestone();
        case 4 -> rename(id);
        case 5 -> mention();
        case 6 -> parent();
        case 7 -> connect();
        case 8 -> duplicate();
        case 9 -> rewrite(id);
        default -> comment(id);
      }
    }

    private void toggle() {
      if (closed == null) {
        closed = updated;
        reason = duplicateOf == null ? dice.of(REASONS) : "DUPLICATE";
        happened("ClosedEvent", reason, null, null, closer());
      } else {
        closed = null;
        reason = "REOPENED";
        happened("ReopenedEvent", reason, null, null, null);
      }
    }

    private @Nullable Target closer() {
      var pull = issues.closer(index);
      if (pull != null) return target(Kind.PULL, pull);
      return dice.percent(20) ? new Target(Kind.COMMIT, 0, dice.hex(40), false) : null;
    }

    private void label() {
      boolean known = !labels.isEmpty() && dice.percent(40);
      var label = known ? dice.of(labels) : dice.of(LABELS);
      boolean gone = labels.remove(label);
      if (!gone) labels.add(label);
      happened(gone ? "UnlabeledEvent" : "LabeledEvent", label, null, null, null);
    }

    private void assign() {
      boolean known = !assignees.isEmpty() && dice.percent(40);
      var person = known ? dice.of(assignees) : world.someone(dice);
      boolean gone = assignees.remove(person);
      if (!gone) assignees.add(person);
      happened(gone ? "UnassignedEvent" : "AssignedEvent", null, null, person, null);
    }

    private void milestone() {
      boolean gone = milestone != null;
      int number = gone ? Objects.requireNonNull(milestone) : 1 + dice.below(2);
      milestone = gone ? null : Integer.valueOf(number);
      var name = CodeMilestones.firstTitle(number);
      happened(gone ? "DemilestonedEvent" : "MilestonedEvent", name, null, null, null);
    }

    private void rename(long id) {
      var before = title;
      title = Words.title(dice) + " (" + id % 100_000 + ")";
      happened("RenamedTitleEvent", title, before, null, null);
    }

    private void mention() {
      var other = issues.earlier(index, dice);
      boolean byPull = other == null || dice.percent(70);
      var by =
          byPull
              ? new Target(Kind.PULL, issues.somePull(index, dice), "", dice.percent(30))
              : target(Kind.ISSUE, Objects.requireNonNull(other));
      happened("CrossReferencedEvent", null, null, null, by);
    }

    private void parent() {
      var before = parent;
      parent = before == null ? issues.earlier(index, dice) : null;
      var about = before == null ? parent : before;
      if (about == null) return;
      var type = before == null ? "ParentIssueAddedEvent" : "ParentIssueRemovedEvent";
      happened(type, null, null, null, target(Kind.ISSUE, about));
    }

    private void connect() {
      var before = connected;
      connected = before == null ? Integer.valueOf(issues.somePull(index, dice)) : null;
      var about = Objects.requireNonNull(before == null ? connected : before);
      var type = before == null ? "ConnectedEvent" : "DisconnectedEvent";
      happened(type, null, null, null, target(Kind.PULL, about));
    }

    private void duplicate() {
      var before = duplicateOf;
      duplicateOf = before == null ? issues.earlier(index, dice) : null;
      var about = before == null ? duplicateOf : before;
      if (about == null) return;
      var type = before == null ? "MarkedAsDuplicateEvent" : "UnmarkedAsDuplicateEvent";
      happened(type, null, null, null, target(Kind.ISSUE, about));
    }

    private void rewrite(long id) {
      if (comments.isEmpty()) {
        comment(id);
        return;
      }
      int position = dice.below(comments.size());
      var old = comments.get(position);
      var body = "Edited (" + id % 100_000 + "): " + Words.text(dice);
      comments.set(
          position,
          new Comment(old.databaseId(), old.author(), body, null, null, old.created(), updated));
    }

    private void comment(long id) {
      var by = world.someone(dice);
      comments.add(new Comment(id, by, Words.text(dice), null, null, updated, updated));
    }

    private void happened(
        String type,
        @Nullable String text,
        @Nullable String before,
        @Nullable Person person,
        @Nullable Target target) {
      var id = "IE_" + repository.index() + "_" + index + "_" + events.size();
      events.add(
          new Event(id, index, type, world.someone(dice), updated, text, before, person, target));
    }

    private static Target target(Kind kind, int index) {
      return new Target(kind, index, "", false);
    }
  }
}
