package dev.pulse.local.github;

import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.CodeIssues;
import dev.pulse.local.world.CodeRelease;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.Pipelines;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repositories;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.Team;
import dev.pulse.local.world.World;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The organisation as GitHub sees it: hidden repositories left out, bots apart from members, times
 * in seconds.
 */
final class Hub {
  private static final long FIRST_PULL = 500_000;
  private static final long FIRST_REPOSITORY = 9_000;

  private final World world;

  Hub(World world) {
    this.world = world;
  }

  /** The organisation itself; it is as old as its oldest repository. */
  record Organisation(long id, String login, Instant created) {
    String name() {
      return login.substring(0, 1).toUpperCase(Locale.ROOT) + login.substring(1);
    }
  }

  /** A pull request's place in a list of its repository. */
  record Place(Order order, int index) {}

  Instant now() {
    return world.now().truncatedTo(ChronoUnit.SECONDS);
  }

  Organisation organisation() {
    return new Organisation(8_000, world.organization(), world.repository(0).created());
  }

  /** Whoever a repository was given to. */
  Organisation ownerOf(Repository repository) {
    return isOwn(repository)
        ? organisation()
        : new Organisation(8_001, repository.owner(), repository.created());
  }

  /** The account the tokens belong to. */
  Person viewer() {
    return world.people().getFirst();
  }

  List<Person> members() {
    return world.people().stream().filter(person -> !person.bot() && !person.gone()).toList();
  }

  Optional<Person> account(String login) {
    return present().filter(row -> row.login().equalsIgnoreCase(login)).findFirst();
  }

  Optional<Person> account(long id) {
    return present().filter(row -> row.databaseId() == id).findFirst();
  }

  private Stream<Person> present() {
    return world.people().stream().filter(row -> !row.gone());
  }

  List<Repository> repositories() {
    return world.repositories().stream()
        .filter(row -> !world.visibility().hidden(row) && isOwn(row))
        .toList();
  }

  /** Whether a repository is the organisation's, and was not given to another owner. */
  boolean isOwn(Repository repository) {
    return repository.owner().equals(world.organization());
  }

  Repositories.@Nullable Block blockOf(Repository repository) {
    return world.hosting().blockOf(repository);
  }

  Optional<Repository> repository(long id) {
    long index = id - FIRST_REPOSITORY;
    return index < 0 || index >= world.repositories().size()
        ? Optional.empty()
        : Optional.of(world.repository((int) index)).filter(row -> !world.visibility().hidden(row));
  }

  /** The repository of this name, now or before it was renamed or given away. */
  Optional<Repository> repositoryNamed(String owner, String name) {
    return Optional.ofNullable(world.hosting().find(owner, name))
        .filter(row -> !world.visibility().hidden(row));
  }

  /** Commits of a default branch, the newest first. */
  List<PullRequest.Commit> history(Repository repository) {
    return world.histories().of(repository);
  }

  /**
   * Commits of a default branch that {@code base} does not have, the oldest first; empty if one of
   * the two is unknown.
   */
  Optional<List<PullRequest.Commit>> ahead(Repository repository, String base, String head) {
    var history = history(repository);
    var shas = history.stream().map(PullRequest.Commit::sha).toList();
    int from = shas.indexOf(head);
    String common = base;
    while (common != null && !shas.contains(common))
      common = world.histories().parentOfTakenBack(common);
    if (from < 0 || common == null) return Optional.empty();
    return Optional.of(history.subList(from, Math.max(from, shas.indexOf(common))).reversed());
  }

  /** Releases of a repository, the oldest first, as a token with the right to push sees them. */
  List<CodeRelease> releases(Repository repository) {
    return world.releases().of(repository);
  }

  /** Issues that repositories keep themselves. */
  CodeIssues issues() {
    return world.codeIssues();
  }

  List<Team> teams() {
    return world.teams().all();
  }

  Optional<Team> team(long id) {
    return teams().stream().filter(row -> row.databaseId() == id).findFirst();
  }

  /** Runs of workflows. */
  Pipelines pipelines() {
    return world.pipelines();
  }

  /** Deployments of a repository, the oldest first. */
  List<CodeDeployment> deployments(Repository repository) {
    return world.deployments().of(repository);
  }

  Optional<CodeDeployment> deployment(long repositoryId, long id) {
    return repository(repositoryId).flatMap(row -> world.deployments().find(row, id));
  }

  /** When somebody last pushed to any branch of a repository. */
  Instant pushed(Repository repository) {
    var history = history(repository);
    Instant updated = updated(repository);
    boolean later = !history.isEmpty() && history.getFirst().authored().isAfter(updated);
    return later ? history.getFirst().authored() : updated;
  }

  /** When a repository was last written to. */
  Instant updated(Repository repository) {
    Map.Entry<Order, Integer> last = world.byUpdate().pulls(repository).lastEntry();
    return last == null ? repository.created() : last.getKey().at();
  }

  PullRequest pull(int index) {
    return world.pull(index);
  }

  Optional<PullRequest> pull(long repositoryId, long id) {
    long index = id - FIRST_PULL;
    return index < 0 || index >= world.pullCount()
        ? Optional.empty()
        : Optional.of(world.pull((int) index))
            .filter(row -> row.repository().databaseId() == repositoryId);
  }

  Optional<PullRequest> pullNumbered(Repository repository, int number) {
    long index = (number - 1L) * world.repositories().size() + repository.index();
    return number < 1 || index >= world.pullCount()
        ? Optional.empty()
        : Optional.of(world.pull((int) index));
  }

  /** Pull requests of a repository, the longest untouched first. */
  List<Place> byUpdate(Repository repository) {
    return places(world.byUpdate().pulls(repository));
  }

  /**
   * Comments of a repository from this time on, the longest untouched first; index is the pull
   * request.
   */
  List<Place> comments(Repository repository, Instant since) {
    return places(
        world.byUpdate().comments(repository).tailMap(new Order(since, Long.MIN_VALUE), true));
  }

  private static List<Place> places(Map<Order, Integer> listed) {
    List<Place> places = new ArrayList<>();
    listed.forEach((order, index) -> places.add(new Place(order, index)));
    return places;
  }
}
