package dev.pulse.local.world;

import dev.pulse.local.world.CodeDeployment.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deployments, repository by repository in the order they were created. Those of the past are made
 * anew each time they are asked for. The last one of the first repository goes on for days.
 *
 * <p>A deployment that succeeds makes those before it inactive, in the same environment and unless
 * that is a production environment.
 */
public final class CodeDeployments {

  private static final long FIRST = 2_500_000_000L;
  private static final long PER_REPOSITORY = 1_000_000L;
  private static final List<Environment> ENVIRONMENTS =
      List.of(
          new Environment("production", true),
          new Environment("staging", false),
          new Environment("live-eu", true),
          new Environment("review", false));
  private static final int PULLS_PER_DEPLOYMENT = 8;
  private static final int MANY_STATUSES = 45;
  private static final Duration SETTLED = Duration.ofDays(1);
  private static final Duration GOES_ON = Duration.ofDays(3);

  private final World world;
  private final int past;
  private final Map<Integer, List<Made>> added = new ConcurrentHashMap<>();
  private final Map<Long, List<Status>> told = new ConcurrentHashMap<>();

  private record Environment(String name, boolean production) {}

  private record Made(String environment, Instant at) {}

  /**
   * Deployments of a world.
   *
   * @param pulls how many pull requests each repository's past had
   */
  CodeDeployments(World world, int pulls) {
    this.world = world;
    this.past = Math.clamp(pulls / PULLS_PER_DEPLOYMENT, 3, 100);
  }

  /** All of a repository, the oldest first; each is made when it is looked at. */
  public List<CodeDeployment> of(Repository repository) {
    int size = past + added.getOrDefault(repository.index(), List.of()).size();
    return new AbstractList<>() {
      @Override
      public CodeDeployment get(int index) {
        return make(repository, index);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** The deployment of this repository with this id. */
  public Optional<CodeDeployment> find(Repository repository, long id) {
    long index = id - FIRST - repository.index() * PER_REPOSITORY;
    return index < 0 || index >= of(repository).size()
        ? Optional.empty()
        : Optional.of(make(repository, (int) index));
  }

  /** Somebody asks for a deployment, which has no status yet. */
  public synchronized CodeDeployment create(Repository repository, String environment) {
    return create(repository, environment, now());
  }

  /** Likewise, at a moment that is not before that of the last one. */
  public synchronized CodeDeployment create(Repository repository, String environment, Instant at) {
    var more = new ArrayList<>(added.getOrDefault(repository.index(), List.of()));
    more.add(new Made(environment, at));
    added.put(repository.index(), List.copyOf(more));
    return of(repository).getLast();
  }

  /** A deployment comes into a state. */
  public synchronized void tell(CodeDeployment deployment, String state) {
    add(deployment, state);
    if (!state.equals("SUCCESS")) return;
    var all = of(deployment.repository());
    int index = (int) ((deployment.databaseId() - FIRST) % PER_REPOSITORY);
    for (int i = index - 1; i >= 0 && i > index - 3 * ENVIRONMENTS.size(); i--) {
      var before = all.get(i);
      boolean replaced =
          before.environment().equals(deployment.environment())
              && !before.production()
              && before.state().equals("SUCCESS");
      if (replaced) add(before, "INACTIVE");
    }
  }

  private void add(CodeDeployment deployment, String state) {
    var more = new ArrayList<>(told.getOrDefault(deployment.databaseId(), List.of()));
    more.add(status(deployment.databaseId(), 500 + more.size(), state, world.bot(), now()));
    told.put(deployment.databaseId(), List.copyOf(more));
  }

  private CodeDeployment make(Repository repository, int index) {
    long id = FIRST + repository.index() * PER_REPOSITORY + index;
    var dice = new Dice(world.seed(), 23, id);
    var someone = world.someone(dice);
    var creator = dice.percent(70) || someone.gone() ? world.bot() : someone;
    var environment = environment(repository, index);
    var created = created(repository, index);
    var statuses = new ArrayList<Status>();
    if (index < past) statuses.addAll(past(repository, index, id, created, creator));
    statuses.addAll(told.getOrDefault(id, List.of()));
    return new CodeDeployment(
        id,
        repository,
        environment.name,
        environment.production,
        dice.hex(40),
        dice.percent(50) ? "main" : "v1." + index,
        "deploy",
        creator,
        "Deploys " + index,
        created,
        statuses);
  }

  private List<Status> past(
      Repository repository, int index, long id, Instant created, Person creator) {
    var statuses = new ArrayList<Status>();
    statuses.add(status(id, 0, "QUEUED", creator, created.plusSeconds(5)));
    int steps = index == 1 && repository.index() % 100 == 0 ? MANY_STATUSES : 1;
    for (int i = 1; i <= steps; i++) {
      statuses.add(status(id, i, "IN_PROGRESS", creator, created.plusSeconds(10 + i)));
    }
    var ends = ends(repository, index);
    if (world.now().isBefore(ends)) return statuses;
    var state = outcome(id);
    statuses.add(status(id, steps + 1, state, creator, ends));
    int next = index + ENVIRONMENTS.size();
    boolean replaced =
        state.equals("SUCCESS")
            && !environment(repository, index).production
            && next < past
            && outcome(id + ENVIRONMENTS.size()).equals("SUCCESS")
            && !world.now().isBefore(ends(repository, next));
    if (replaced) {
      statuses.add(status(id, steps + 2, "INACTIVE", creator, ends(repository, next)));
    }
    return statuses;
  }

  private String outcome(long id) {
    var dice = new Dice(world.seed(), 24, id);
    return dice.percent(85) ? "SUCCESS" : dice.of(List.of("FAILURE", "ERROR"));
  }

  private Instant ends(Repository repository, int index) {
    var created = created(repository, index);
    return goesOn(repository, index) ? created.plus(GOES_ON) : created.plusSeconds(300);
  }

  private static Status status(long deployment, int n, String state, Person creator, Instant at) {
    return new Status(deployment * 1_000 + n, state, creator, at);
  }

  private Environment environment(Repository repository, int index) {
    if (index < past) return ENVIRONMENTS.get(index % ENVIRONMENTS.size());
    var name = added.getOrDefault(repository.index(), List.of()).get(index - past).environment;
    return ENVIRONMENTS.stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElse(new Environment(name, false));
  }

  private Instant created(Repository repository, int index) {
    if (index >= past)
      return added.getOrDefault(repository.index(), List.of()).get(index - past).at;
    if (goesOn(repository, index)) return world.end().minusSeconds(1_200);
    long span = Duration.between(repository.created(), world.end().minus(SETTLED)).toSeconds();
    return repository.created().plusSeconds(span * index / past + repository.index() % 60);
  }

  private boolean goesOn(Repository repository, int index) {
    return repository.index() == 0 && index == past - 1;
  }

  private Instant now() {
    return world.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
