package dev.pulse.local.world;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The releases of repositories: a few from the past, and what was done since. */
public final class CodeReleases {

  private static final Duration APART = Duration.ofDays(31);
  private static final long FIRST = 70_000_000L;
  private static final long PER_REPOSITORY = 10_000L;

  private final World world;
  private final Map<Integer, List<Instant>> added = new ConcurrentHashMap<>();
  private final Map<Long, Instant> edited = new ConcurrentHashMap<>();
  private final Set<Long> deleted = ConcurrentHashMap.newKeySet();

  CodeReleases(World world) {
    this.world = world;
  }

  /** The oldest first. */
  public List<CodeRelease> of(Repository repository) {
    var releases = new ArrayList<CodeRelease>();
    int before = 2 + repository.index() % 3;
    for (int n = 0; n < before; n++) {
      releases.add(make(repository, n, repository.created().plus(APART.multipliedBy(n + 1))));
    }
    for (var created : added.getOrDefault(repository.index(), List.of())) {
      releases.add(make(repository, releases.size(), created));
    }
    releases.removeIf(each -> deleted.contains(each.databaseId()));
    return List.copyOf(releases);
  }

  /** Somebody deletes a release. */
  public void delete(CodeRelease release) {
    deleted.add(release.databaseId());
  }

  /** Somebody makes a release. */
  public void create(Repository repository) {
    var created = world.now().truncatedTo(ChronoUnit.SECONDS);
    added.merge(
        repository.index(),
        List.of(created),
        (before, more) -> {
          var all = new ArrayList<>(before);
          all.addAll(more);
          return List.copyOf(all);
        });
  }

  /** Somebody edits a release. */
  public void edit(CodeRelease release) {
    edited.put(release.databaseId(), world.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private CodeRelease make(Repository repository, int n, Instant created) {
    long id = FIRST + repository.index() * PER_REPOSITORY + n;
    var dice = new Dice(world.seed(), 11, id);
    @Nullable Instant edit = edited.get(id);
    var tag = "v1." + n + ".0";
    boolean draft = n % 4 == 3 && edit == null;
    return new CodeRelease(
        id,
        repository,
        tag,
        edit == null ? tag : tag + " (" + edit.getEpochSecond() + ")",
        Words.text(dice),
        world.someone(dice),
        n % 5 == 1,
        dice.hex(40),
        created,
        draft ? null : created.plusSeconds(60),
        edit == null ? created.plusSeconds(60) : edit);
  }
}
