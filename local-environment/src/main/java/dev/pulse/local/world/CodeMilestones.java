package dev.pulse.local.world;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The milestones of repositories: a few from the past, and what was done since. */
public final class CodeMilestones {

  private static final Duration APART = Duration.ofDays(90);
  private static final long FIRST = 60_000_000L;
  private static final long PER_REPOSITORY = 10_000L;

  private final World world;
  private final Map<Integer, List<Instant>> added = new ConcurrentHashMap<>();
  private final Map<Long, Instant> edited = new ConcurrentHashMap<>();
  private final Set<Long> deleted = ConcurrentHashMap.newKeySet();

  CodeMilestones(World world) {
    this.world = world;
  }

  /** Those that are there, the oldest first. */
  public List<CodeMilestone> of(Repository repository) {
    var all = new ArrayList<CodeMilestone>();
    int before = before(repository);
    for (int n = 1; n <= before; n++) {
      all.add(make(repository, n, repository.created().plus(APART.multipliedBy(n))));
    }
    for (var created : added.getOrDefault(repository.index(), List.of())) {
      all.add(make(repository, all.size() + 1, created));
    }
    all.removeIf(each -> deleted.contains(each.databaseId()));
    return List.copyOf(all);
  }

  /** The milestone of this number, if it is there. */
  public Optional<CodeMilestone> find(Repository repository, @Nullable Integer number) {
    return of(repository).stream()
        .filter(each -> number != null && each.number() == number)
        .findFirst();
  }

  /** Somebody makes a milestone of a repository. */
  public synchronized void add(Repository repository) {
    var all = new ArrayList<>(added.getOrDefault(repository.index(), List.of()));
    all.add(now());
    added.put(repository.index(), List.copyOf(all));
  }

  /** Somebody gives a milestone another name. */
  public void edit(CodeMilestone milestone) {
    edited.put(milestone.databaseId(), now());
  }

  /** Somebody deletes a milestone; of its issues none is updated. */
  public void delete(CodeMilestone milestone) {
    deleted.add(milestone.databaseId());
  }

  /** The name that a milestone had in the beginning, as events tell it. */
  static String firstTitle(int number) {
    return "Milestone " + number;
  }

  private static int before(Repository repository) {
    return 2 + repository.index() % 3;
  }

  private CodeMilestone make(Repository repository, int number, Instant created) {
    long id = FIRST + repository.index() * PER_REPOSITORY + number;
    var dice = new Dice(world.seed(), 41, id);
    var title = firstTitle(number);
    @Nullable Instant edit = edited.get(id);
    var closed = number == 1 ? created.plus(Duration.ofDays(20)) : null;
    var due = created.plus(APART).truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(7));
    var settled = closed == null ? created : closed;
    return new CodeMilestone(
        id,
        repository,
        number,
        edit == null ? title : title + " (" + edit.getEpochSecond() + ")",
        Words.text(dice),
        world.someone(dice),
        number % 3 == 2 ? null : due,
        created,
        edit == null ? settled : edit,
        closed);
  }

  private Instant now() {
    return world.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
