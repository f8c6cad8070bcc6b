package dev.pulse.local.world;

import dev.pulse.local.world.WorkflowRun.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The runs of workflows, repository by repository in the order they were created. Those of the past
 * are made anew each time they are asked for, and found by their index, so that a page costs the
 * same in a world of any size. One in the first repository waits for days to be approved, and goes
 * on as time moves.
 */
public final class Pipelines {

  private static final long FIRST = 40_000_000_000L;
  private static final long PER_REPOSITORY = 10_000_000L;
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration SETTLED = Duration.ofDays(1);

  private final World world;
  private final int past;
  private final RunMaker maker;
  private final Map<Integer, List<Instant>> started = new ConcurrentHashMap<>();
  private final Map<Integer, NavigableSet<Integer>> deleted = new ConcurrentHashMap<>();
  private final Set<Integer> disabled = ConcurrentHashMap.newKeySet();

  /**
   * Runs of a world.
   *
   * @param pulls how many pull requests each repository's past had: half as many runs had it, but
   *     not so many that their jobs would be most of what is asked for
   */
  Pipelines(World world, int pulls) {
    this.world = world;
    this.past = Math.clamp(pulls / 2, 4, 100);
    this.maker = new RunMaker(world);
  }

  /** Runs of a repository that were created from one moment to another, both included. */
  public Window window(Repository repository, Instant from, Instant to) {
    int low = firstFrom(repository, from);
    int high = Math.max(low, firstFrom(repository, to.plusSeconds(1)));
    return new Window(repository, low, high);
  }

  /** All runs of a repository. */
  public Window all(Repository repository) {
    return new Window(repository, 0, made(repository));
  }

  /** A part of a repository's runs. */
  public final class Window {

    private final Repository repository;
    private final int low;
    private final int high;

    private Window(Repository repository, int low, int high) {
      this.repository = repository;
      this.low = low;
      this.high = high;
    }

    public int size() {
      return high - low - gone().size();
    }

    /** The run at a place, counted from the newest one: 0 = newest. */
    public WorkflowRun newest(int place) {
      int index = high - 1 - place;
      for (int each : gone().descendingSet()) {
        if (each < index) break;
        index--;
      }
      return run(repository, index);
    }

    private NavigableSet<Integer> gone() {
      return Pipelines.this.gone(repository).subSet(low, true, high, false);
    }
  }

  /** The run with this id, if it is of this repository and was not deleted. */
  public Optional<WorkflowRun> find(Repository repository, long id) {
    long index = id - FIRST - repository.index() * PER_REPOSITORY;
    boolean there = index >= 0 && index < made(repository);
    return there && !gone(repository).contains((int) index)
        ? Optional.of(run(repository, (int) index))
        : Optional.empty();
  }

  /** Whether workflows may run in a repository, and be looked at. */
  public boolean enabled(Repository repository) {
    return !disabled.contains(repository.index());
  }

  /** Switches workflows of a repository off, or on again. */
  public void enable(Repository repository, boolean enabled) {
    if (enabled) disabled.remove(repository.index());
    else disabled.add(repository.index());
  }

  /** A workflow begins to run, and does so until it is {@linkplain #finish finished}. */
  public WorkflowRun start(Repository repository) {
    return start(repository, world.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Likewise, at a moment that is not before that of the last run. */
  public synchronized WorkflowRun start(Repository repository, Instant at) {
    int index = made(repository);
    maker.begin(id(repository, index), at);
    var more = new ArrayList<>(started.getOrDefault(repository.index(), List.of()));
    more.add(at);
    started.put(repository.index(), List.copyOf(more));
    return run(repository, index);
  }

  /** The latest attempt of a run ends now. */
  public void finish(WorkflowRun run, String conclusion) {
    maker.end(run.databaseId(), run.latest().number(), now(), conclusion);
  }

  /** Somebody runs a workflow once more, for the same commit: a further attempt of the same run. */
  public void rerun(WorkflowRun run) {
    maker.begin(run.databaseId(), now());
  }

  /** Somebody deletes a run. */
  public void delete(WorkflowRun run) {
    gone(run.repository()).add(index(run));
  }

  private Instant now() {
    return world.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private NavigableSet<Integer> gone(Repository repository) {
    return deleted.computeIfAbsent(repository.index(), _ -> new ConcurrentSkipListSet<>());
  }

  private WorkflowRun run(Repository repository, int index) {
    return maker.make(
        id(repository, index),
        repository,
        workflow(repository, index % 3),
        1 + index / 3,
        created(repository, index),
        index < past,
        waits(repository, index));
  }

  private static Workflow workflow(Repository repository, int which) {
    long id = 30_000_000L + repository.index() * 10L + which;
    return switch (which) {
      case 0 -> new Workflow(id, "CI", ".github/workflows/ci.yml");
      case 1 -> new Workflow(id, "Nightly", ".github/workflows/nightly.yml");
      default -> new Workflow(id, "Release", ".github/workflows/release.yml");
    };
  }

  private static long id(Repository repository, int index) {
    return FIRST + repository.index() * PER_REPOSITORY + index;
  }

  private static int index(WorkflowRun run) {
    return (int) ((run.databaseId() - FIRST) % PER_REPOSITORY);
  }

  /** The last run of the first repository's past waits for its approval. */
  private boolean waits(Repository repository, int index) {
    return repository.index() == 0 && index == past - 1;
  }

  private int made(Repository repository) {
    return past + started.getOrDefault(repository.index(), List.of()).size();
  }

  /** Never earlier than that of the run before. */
  private Instant created(Repository repository, int index) {
    if (index >= past) return started.getOrDefault(repository.index(), List.of()).get(index - past);
    if (waits(repository, index)) return world.end().minus(RECENT);
    long span = Duration.between(repository.created(), world.end().minus(SETTLED)).toSeconds();
    return repository.created().plusSeconds(span * index / past + repository.index() % 60);
  }

  /** Index of the first run that was not created before. */
  private int firstFrom(Repository repository, Instant at) {
    int low = 0;
    int high = made(repository);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (created(repository, middle).isBefore(at)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
