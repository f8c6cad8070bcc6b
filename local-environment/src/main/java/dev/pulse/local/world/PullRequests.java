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
        draft.base,
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
        List.copyOf(draft.comments),
        List.copyOf(draft.replaced));
  }

  /** A pull request while it lives. GitHub's clock has seconds. */
  private final class Draft {

    private final int index;
    private final Dice dice;
    private final Person author;
    private final String base;
    private final List<Commit> commits = new ArrayList<>();
    private final List<Review> reviews = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();
    private String title;
    private boolean draft;
    private @Nullable Instant closed;
    private @Nullable Instant merged;
    private @Nullable Person mergedBy;
    private Instant updated;

    Draft(int index, Dice dice, Instant created) {
      this.index = index;
      this.dice = dice;
      this.base = new Dice(world.seed(), 7, index).hex(40);
      this.title = world.issueKey(index) + " " + Words.title(dice);
      this.author = dice.percent(8) ? world.bot() : world.someone(dice);
      this.draft = dice.percent(20);
      this.updated = created;
    }

    void live(Instant end) {
      boolean endless = index % 499 == 3;
      int commits = index % 1_499 == 4 ? 260 : endless ? 140 : 1 + dice.below(5);
      int requests = endless ? 130 : dice.below(3);
      int reviews = endless ? 120 : dice.below(4);
      for (int i = 0; i < commits; i++)
        commit(
            new Dice(world.seed(), 3, index * 10_000L + i),
            updated.minusSeconds(600L * (commits - i)));
      if (draft && later(end, 48)) {
        draft = false;
        event("ReadyForReviewEvent", author, null);
      }
      for (int i = requests; i > 0 && later(end, 24); i--) {
        event("ReviewRequestedEvent", author, world.someone(dice));
      }
      for (int i = reviews; i > 0 && later(end, 24); i--)
        review(world.someone(dice), dice.of(REVIEWS));
      for (int i = dice.below(4); i > 0 && later(end, 12); i--)
        comment(20_000_000_000L + index * 1_000L + comments.size());
      if (index % 40 == 9 && later(end, 5)) event("HeadRefForcePushedEvent", author, null);
      if (dice.percent(85) && later(end, 48)) close(dice.percent(88));
    }

    void apply(Edit edit) {
      updated = edit.at();
      boolean open = closed == null;
      int kind = edit.kind() % 6;
      if (kind == 0) comment(1_000_000_000_000L + edit.serial());
      else if (kind == 1) review(world.someone(dice), dice.of(REVIEWS));
      else if (kind == 3 && open) commit(new Dice(world.seed(), 6, edit.serial()), edit.at());
      else if (kind == 4 && !comments.isEmpty()) rewrite(dice.below(comments.size()), edit);
      else if (kind == 5 && open) forcePush(edit);
      else title = title + " (" + edit.serial() + ")";
    }

    private void rewrite(int position, Edit edit) {
      var old = comments.get(position);
      comments.set(
          position,
          new Comment(
              old.databaseId(),
              old.author(),
              "Edited (" + edit.serial() + "): " + Words.text(dice),
              old.path(),
              old.review(),
              old.created(),
              edit.at()));
    }

    /** The later half of the branch becomes one other commit. */
    private void forcePush(Edit edit) {
      var gone = commits.subList(commits.size() / 2, commits.size());
      gone.forEach(commit -> replaced.add(commit.sha()));
      gone.clear();
      commit(new Dice(world.seed(), 6, edit.serial()), edit.at());
      event("HeadRefForcePushedEvent", author, null);
    }

    private boolean later(Instant end, int hours) {
      var next = updated.plus(Duration.ofSeconds(1 + dice.below(hours * 3_600)));
      if (!next.isBefore(end)) return false;
      updated = next;
      return true;
    }

    private void commit(Dice sha, Instant at) {
      var message = "Step " + commits.size() + "\n\n" + title;
      var parent = commits.isEmpty() ? base : commits.getLast().sha();
      commits.add(new Commit(sha.hex(40), author, message, at, List.of(parent)));
    }

    private Review review(Person reviewer, String state) {
      var head = commits.isEmpty() ? "" : commits.getLast().sha();
      long id = 10_000_000_000L + index * 10_000L + reviews.size();
      var review = new Review(id, reviewer, state, updated, head);
      reviews.add(review);
      return review;
    }

    private void comment(long id) {
      var path = dice.percent(60) ? dice.of(FILES) : null;
      var by = world.someone(dice);
      var review = path == null ? null : review(by, "COMMENTED");
      comments.add(new Comment(id, by, Words.text(dice), path, review, updated, updated));
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
