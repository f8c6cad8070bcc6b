package dev.pulse.local.world;

import dev.pulse.local.world.PullRequest.Comment;
import dev.pulse.local.world.PullRequest.Commit;
import dev.pulse.local.world.PullRequest.Event;
import dev.pulse.local.world.PullRequest.Review;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes pull requests: the same one each time it is asked for, plus what was done to it since. */
final class PullRequests {

  private static final List<String> REVIEWS = List.of("APPROVED", "CHANGES_REQUESTED", "COMMENTED");
  private static final List<String> FILES =
      List.of("src/Main.java", "web/app.tsx", "README.md", "db/V7.sql");

  private final World world;

  PullRequests(World world) {
    this.world = world;
  }

  PullRequest make(
      int index, Repository repository, int number, Instant created, List<Edit> edits) {
    var dice = new Dice(world.seed(), 2, index);
    var draft = new Draft(index, dice, created);
    draft.live(world.end());
    edits.forEach(draft::apply);
    return new PullRequest(
        index,
        500_000L + index,
        repository,
        number,
        draft.title,
        Words.text(dice),
        draft.merged != null ? "MERGED" : draft.closed != null ? "CLOSED" : "OPEN",
        draft.draft,
        draft.author,
        world.issueKey(index) + "-" + dice.hex(4),
        draft.commits.getLast().sha(),
        dice.hex(40),
        draft.merged != null ? new Dice(world.seed(), 5, index).hex(40) : null,
        dice.few(2_000),
        dice.few(900),
        1 + dice.few(40),
        dice.percent(30) ? List.of("ready") : List.of(),
        created,
        draft.updated,
        draft.closed,
        draft.merged,
        draft.mergedBy,
        List.copyOf(draft.commits),
        List.copyOf(draft.reviews),
        List.copyOf(draft.events),
        List.copyOf(draft.comments));
  }

  /** A pull request while it lives. GitHub's clock has seconds. */
  private final class Draft {

    private final int index;
    private final Dice dice;
    private final Person author;
    private final List<Commit> commits = new ArrayList<>();
    private final List<Review> reviews = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private String title;
    private boolean draft;
    private @Nullable Instant closed;
    private @Nullable Instant merged;
    private @Nullable Person mergedBy;
    private Instant updated;

    Draft(int index, Dice dice, Instant created) {
      this.index = index;
      this.dice = dice;
      this.title = world.issueKey(index) + " " + Words.title(dice);
      this.author = dice.percent(8) ? world.bot() : world.someone(dice);
      this.draft = dice.percent(20);
      this.updated = created;
    }

    void live(Instant end) {
      boolean endless = index % 499 == 3;
      int count = endless ? 140 : 1 + dice.below(5);
      for (int i = 0; i < count; i++) commit(updated.minusSeconds(600L * (count - i)), i);
      if (draft && later(end, 48)) {
        draft = false;
        event("ReadyForReviewEvent", author, null);
      }
      for (int i = endless ? 130 : dice.below(3); i > 0 && later(end, 24); i--) {
        event("ReviewRequestedEvent", author, world.someone(dice));
      }
      for (int i = endless ? 120 : dice.below(4); i > 0 && later(end, 24); i--) review();
      for (int i = dice.below(4); i > 0 && later(end, 12); i--)
        comment(index * 1_000L + comments.size());
      if (index % 40 == 9 && later(end, 5)) event("HeadRefForcePushedEvent", author, null);
      if (dice.percent(85) && later(end, 48)) close(dice.percent(88));
    }

    void apply(Edit edit) {
      updated = edit.at();
      switch (edit.kind() % 4) {
        case 0 -> comment(1_000_000_000_000L + edit.serial());
        case 1 -> review();
        case 2 -> title = title + " (" + edit.serial() + ")";
        default -> {
          if (closed == null) commit(edit.at(), commits.size());
          else title = title + " (" + edit.serial() + ")";
        }
      }
    }

    private boolean later(Instant end, int hours) {
      var next = updated.plus(Duration.ofSeconds(1 + dice.below(hours * 3_600)));
      if (!next.isBefore(end)) return false;
      updated = next;
      return true;
    }

    private void commit(Instant at, int position) {
      var sha = new Dice(world.seed(), 3, index * 10_000L + position).hex(40);
      commits.add(new Commit(sha, author, "Step " + position + "\n\n" + title, at));
    }

    private void review() {
      var head = commits.isEmpty() ? "" : commits.getLast().sha();
      long id = index * 10_000L + reviews.size() + 1;
      reviews.add(new Review(id, world.someone(dice), dice.of(REVIEWS), updated, head));
    }

    private void comment(long id) {
      var path = dice.percent(60) ? dice.of(FILES) : null;
      comments.add(
          new Comment(id + 1, world.someone(dice), Words.text(dice), path, updated, updated));
    }

    private void event(String type, Person actor, @Nullable Person subject) {
      events.add(new Event("E_" + index + "_" + events.size(), type, actor, updated, subject));
    }

    private void close(boolean merge) {
      closed = updated;
      if (merge) {
        merged = updated;
        mergedBy = world.someone(dice);
        event("MergedEvent", mergedBy, null);
      }
      event("ClosedEvent", author, null);
    }
  }
}
