package dev.pulse.local.world;

import dev.pulse.local.world.PullRequest.Commit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The default branches of repositories: what was merged in the past, two of three times as one
 * commit, and what was pushed since.
 */
public final class Histories {

  private final World world;
  private final int pulls;
  private final Map<Integer, List<Commit>> past = new ConcurrentHashMap<>();
  private final Map<Integer, List<Commit>> pushed = new ConcurrentHashMap<>();
  private final Map<String, String> takenBack = new ConcurrentHashMap<>();

  /**
   * Histories of a world.
   *
   * @param pulls how many pull requests the past had
   */
  Histories(World world, int pulls) {
    this.world = world;
    this.pulls = pulls;
  }

  /** The newest first. */
  public List<Commit> of(Repository repository) {
    var all = new ArrayList<>(pushed.getOrDefault(repository.index(), List.of()).reversed());
    all.addAll(past.computeIfAbsent(repository.index(), index -> merged(repository)));
    return Collections.unmodifiableList(all);
  }

  /** What is remembered for speed is made anew, for somebody in it has changed. */
  void forget() {
    past.clear();
  }

  /** Parent of a commit that was on a default branch before somebody rewrote it. */
  public @Nullable String parentOfTakenBack(String sha) {
    return takenBack.get(sha);
  }

  /** Somebody pushes a commit. */
  public void push(Repository repository) {
    synchronized (world) {
      long serial = world.nextSerial();
      var author = world.people().get((int) (serial % (world.people().size() - 1)));
      push(repository, author, world.now().truncatedTo(ChronoUnit.SECONDS), serial);
    }
  }

  /** Somebody takes the last push back, and pushes something else by force. */
  public void rewrite(Repository repository) {
    synchronized (world) {
      takeBack(repository);
      push(repository);
    }
  }

  private void push(Repository repository, Person author, Instant at, long serial) {
    var history = of(repository);
    var parents = history.isEmpty() ? List.<String>of() : List.of(history.getFirst().sha());
    var sha = new Dice(world.seed(), 12, serial).hex(40);
    var commit = new Commit(sha, author, "Push " + serial, at, parents);
    var all = new ArrayList<>(pushed.getOrDefault(repository.index(), List.of()));
    all.add(commit);
    pushed.put(repository.index(), List.copyOf(all));
  }

  private void takeBack(Repository repository) {
    var all = new ArrayList<>(pushed.getOrDefault(repository.index(), List.of()));
    if (all.isEmpty()) return;
    var last = all.removeLast();
    if (!last.parents().isEmpty()) takenBack.put(last.sha(), last.parents().getFirst());
    pushed.put(repository.index(), List.copyOf(all));
  }

  private List<Commit> merged(Repository repository) {
    var commits = new ArrayList<Commit>();
    IntStream.iterate(repository.index(), i -> i < pulls, i -> i + world.repositories().size())
        .mapToObj(world::pull)
        .filter(pull -> pull.merged() != null)
        .sorted(
            Comparator.comparing((PullRequest pull) -> Objects.requireNonNull(pull.merged()))
                .thenComparingInt(PullRequest::index))
        .forEach(pull -> merge(pull, commits));
    Collections.reverse(commits);
    return List.copyOf(commits);
  }

  private static void merge(PullRequest pull, List<Commit> commits) {
    var parents = new ArrayList<String>();
    if (!commits.isEmpty()) parents.add(commits.getLast().sha());
    if (pull.index() % 3 == 0) {
      commits.addAll(pull.commits());
      parents.add(pull.headSha());
    }
    commits.add(
        new Commit(
            Objects.requireNonNull(pull.mergeSha()),
            Objects.requireNonNull(pull.mergedBy()),
            "Merge pull request #" + pull.number(),
            Objects.requireNonNull(pull.merged()),
            List.copyOf(parents)));
  }
}
