package dev.pulse.local;

import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the token may see at this moment, kind by kind: what a complete copy holds. Kinds are named
 * after their source, such as {@code jira.issues}.
 */
final class WorldTruth {

  private static final int MOST_ROWS = 1_000;

  private final World world;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  /**
   * One kind of rows.
   *
   * @param places so many things hold rows of this kind
   * @param rows those of one thing; none if it is gone or hidden
   */
  record Kind(IntSupplier places, IntFunction<List<Map<String, @Nullable Object>>> rows) {}

  WorldTruth(World world) {
    this.world = world;
    kinds.put("jira.projects", each(world.projects()::size, this::project));
    kinds.put("jira.users", each(world.people()::size, this::user));
    kinds.put("jira.issues", ofIssues(issue -> Stream.of(row(issue))));
    kinds.put("jira.changes", ofIssues(WorldTruth::changes));
    kinds.put("jira.comments", ofIssues(WorldTruth::comments));
    kinds.put("github.repositories", each(world.repositories()::size, this::repository));
    kinds.put("github.pullRequests", ofPulls(pull -> Stream.of(row(pull))));
    kinds.put("github.commits", ofPulls(WorldTruth::commits));
    kinds.put("github.reviews", ofPulls(WorldTruth::reviews));
    kinds.put("github.events", ofPulls(WorldTruth::events));
    kinds.put("github.comments", ofPulls(WorldTruth::comments));
    new DeliveryTruth(world)
        .kinds()
        .forEach((name, rows) -> kinds.put(name, new Kind(world.repositories()::size, rows)));
    kinds.putAll(new RepositoryTruth(world).kinds());
  }

  /** How many rows there are, by kind. */
  Map<String, Long> live() {
    var counts = new LinkedHashMap<String, Long>();
    kinds.forEach(
        (name, kind) -> {
          long count = 0;
          for (int i = 0; i < kind.places.getAsInt(); i++) count += kind.rows.apply(i).size();
          counts.put(name, count);
        });
    return counts;
  }

  /**
   * Some rows of a kind, and where the next ones begin.
   *
   * @param from {@code next} of the answer before; 0 = from the beginning
   * @throws IllegalArgumentException if there is no such kind
   */
  Map<String, @Nullable Object> rows(String name, int from) {
    var kind = kinds.get(name);
    if (kind == null) throw new IllegalArgumentException("kind must be one of " + kinds.keySet());
    var items = new ArrayList<Map<String, @Nullable Object>>();
    int at = from;
    while (at < kind.places.getAsInt() && items.size() < MOST_ROWS) {
      items.addAll(kind.rows.apply(at++));
    }
    var answer = new LinkedHashMap<String, @Nullable Object>();
    answer.put("items", items);
    answer.put("next", at < kind.places.getAsInt() ? at : null);
    return answer;
  }

  private static Kind each(
      IntSupplier places, IntFunction<Optional<Map<String, @Nullable Object>>> row) {
    return new Kind(places, index -> row.apply(index).stream().toList());
  }

  private Kind ofIssues(Function<Issue, Stream<Map<String, @Nullable Object>>> rows) {
    return new Kind(
        world::issueCount,
        index -> {
          if (world.deleted(index)) return List.of();
          var issue = world.issue(index);
          return world.visibility().hidden(issue.project())
              ? List.of()
              : rows.apply(issue).toList();
        });
  }

  private Kind ofPulls(Function<PullRequest, Stream<Map<String, @Nullable Object>>> rows) {
    return new Kind(
        world::pullCount,
        index -> {
          var pull = world.pull(index);
          return world.visibility().hidden(pull.repository())
              ? List.of()
              : rows.apply(pull).toList();
        });
  }

  private Optional<Map<String, @Nullable Object>> project(int index) {
    return Optional.of(world.projects().get(index))
        .filter(each -> !world.visibility().hidden(each))
        .map(WorldTruth::row);
  }

  private Optional<Map<String, @Nullable Object>> user(int index) {
    var person = world.people().get(index);
    return Optional.of(row("id", person.accountId(), "name", person.name()));
  }

  private Optional<Map<String, @Nullable Object>> repository(int index) {
    return Optional.of(world.repository(index))
        .filter(each -> !world.visibility().hidden(each))
        .map(WorldTruth::row);
  }

  private static Map<String, @Nullable Object> row(Project project) {
    return row("id", project.id(), "key", project.key(), "name", project.name());
  }

  private static Map<String, @Nullable Object> row(Repository repository) {
    return row("id", repository.databaseId(), "fullName", repository.fullName());
  }

  private static Map<String, @Nullable Object> row(Issue issue) {
    var assignee = issue.assignee();
    return row(
        "id", issue.id(),
        "key", issue.key(),
        "projectId", issue.project().id(),
        "title", issue.title(),
        "assignee", assignee == null ? null : assignee.accountId(),
        "created", issue.created(),
        "updated", issue.updated(),
        "resolved", issue.resolved());
  }

  private static Stream<Map<String, @Nullable Object>> changes(Issue issue) {
    return issue.changes().stream()
        .flatMap(
            change ->
                change.items().stream()
                    .map(
                        item ->
                            row(
                                "id", change.id(),
                                "issueId", issue.id(),
                                "field", item.fieldId(),
                                "from", item.from(),
                                "to", item.to(),
                                "at", change.at())));
  }

  private static Stream<Map<String, @Nullable Object>> comments(Issue issue) {
    return issue.comments().stream()
        .map(
            each ->
                row(
                    "id", each.id(),
                    "issueId", issue.id(),
                    "author", each.author().accountId(),
                    "updated", each.updated()));
  }

  private static Map<String, @Nullable Object> row(PullRequest pull) {
    return row(
        "id", pull.databaseId(),
        "repository", pull.repository().fullName(),
        "number", pull.number(),
        "title", pull.title(),
        "state", pull.state(),
        "author", login(pull.author()),
        "head", pull.headSha(),
        "updated", pull.updated());
  }

  private static Stream<Map<String, @Nullable Object>> commits(PullRequest pull) {
    return pull.commits().stream()
        .map(each -> row("sha", each.sha(), "pullRequestId", pull.databaseId()));
  }

  private static Stream<Map<String, @Nullable Object>> reviews(PullRequest pull) {
    return pull.reviews().stream()
        .map(
            each ->
                row(
                    "id", each.databaseId(),
                    "pullRequestId", pull.databaseId(),
                    "state", each.state(),
                    "author", login(each.author())));
  }

  private static Stream<Map<String, @Nullable Object>> events(PullRequest pull) {
    return pull.events().stream()
        .map(
            each ->
                row(
                    "id", each.id(),
                    "pullRequestId", pull.databaseId(),
                    "type", each.type(),
                    "at", each.at()));
  }

  private static Stream<Map<String, @Nullable Object>> comments(PullRequest pull) {
    return pull.comments().stream()
        .map(
            each ->
                row(
                    "id", each.databaseId(),
                    "pullRequestId", pull.databaseId(),
                    "onCode", each.path() != null,
                    "author", login(each.author()),
                    "updated", each.updated()));
  }

  private static @Nullable String login(Person person) {
    return person.gone() ? null : person.login();
  }

  static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return row;
  }
}
