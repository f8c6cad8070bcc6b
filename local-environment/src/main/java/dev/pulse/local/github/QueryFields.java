package dev.pulse.local.github;

import dev.pulse.local.github.NodeIds.NodeId;
import dev.pulse.local.world.Person;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The roots of every query. What cannot be found is null, with an error of type NOT_FOUND beside
 * it.
 */
final class QueryFields {
  private static final Pattern CHANGED_PULLS = Pattern.compile("org:(\\S+) is:pr updated:>=(\\S+)");

  private final Hub hub;
  private final IssuePages issues;

  QueryFields(Hub hub) {
    this.hub = hub;
    this.issues = new IssuePages(hub);
  }

  void wire(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Object.class, "Query")
        .asked("viewer", (_, _) -> hub.viewer())
        .asked("organization", (_, env) -> organisation(env))
        .asked("user", (_, env) -> user(env))
        .asked("repository", (_, env) -> repository(env))
        .asked("node", (_, env) -> node(env.getArgumentOrDefault("id", ""), List.of("node"), env))
        .asked("nodes", (_, env) -> nodes(env))
        .asked("search", (_, env) -> search(env.getArgumentOrDefault("query", "")))
        .asked("rateLimit", (_, env) -> rateLimit(env));
    Fields.of(wiring, Found.class, "SearchResultItemConnection")
        .plain("issueCount", Found::issueCount);
  }

  /** What a search found: of searches only those for changed pull requests are known here. */
  private record Found(int issueCount) {}

  private Found search(String query) {
    var words = CHANGED_PULLS.matcher(query);
    if (!words.matches()) throw new IllegalArgumentException("no such search here: " + query);
    if (!words.group(1).equalsIgnoreCase(hub.organisation().login())) return new Found(0);
    Instant since = Instant.parse(words.group(2));
    return new Found(
        (int)
            hub.repositories().stream()
                .flatMap(row -> hub.byUpdate(row).stream())
                .filter(place -> !place.order().at().isBefore(since))
                .count());
  }

  private @Nullable Object organisation(DataFetchingEnvironment env) {
    String login = env.getArgumentOrDefault("login", "");
    return login.equalsIgnoreCase(hub.organisation().login())
        ? hub.organisation()
        : missing(env, "an Organization with the login of '%s'".formatted(login));
  }

  private @Nullable Object user(DataFetchingEnvironment env) {
    String login = env.getArgumentOrDefault("login", "");
    Optional<Person> account = hub.account(login).filter(found -> !found.bot());
    return account.isPresent()
        ? account.get()
        : missing(env, "a User with the login of '%s'".formatted(login));
  }

  private @Nullable Object repository(DataFetchingEnvironment env) {
    String owner = env.getArgumentOrDefault("owner", "");
    String name = env.getArgumentOrDefault("name", "");
    boolean follow = env.getArgumentOrDefault("followRenames", true);
    var found = hub.repositoryNamed(owner, name).filter(row -> follow || row.name().equals(name));
    return found.isPresent()
        ? found.get()
        : missing(env, "a Repository with the name '%s/%s'".formatted(owner, name));
  }

  private static DataFetcherResult<Object> missing(DataFetchingEnvironment env, String what) {
    Refusal refusal = new Refusal("NOT_FOUND", "Could not resolve to " + what + ".");
    return DataFetcherResult.newResult()
        .error(
            refusal.at(
                env.getExecutionStepInfo().getPath().toList(), env.getField().getSourceLocation()))
        .build();
  }

  private DataFetcherResult<Object> nodes(DataFetchingEnvironment env) {
    List<String> ids = env.getArgumentOrDefault("ids", List.of());
    if (ids.size() > 100) {
      throw new Refusal(
          "ARGUMENT_LIMIT",
          "You may not provide more than 100 node ids; you provided %d.".formatted(ids.size()));
    }
    List<@Nullable Object> found = new ArrayList<>();
    var result = DataFetcherResult.newResult();
    for (int index = 0; index < ids.size(); index++) {
      DataFetcherResult<Object> node = node(ids.get(index), List.of("nodes", index), env);
      found.add(node.getData());
      result.errors(node.getErrors());
    }
    return result.data(found).build();
  }

  private DataFetcherResult<Object> node(
      String id, List<Object> path, DataFetchingEnvironment env) {
    Optional<NodeId> decoded = NodeIds.decode(id);
    if (decoded.filter(this::isBlocked).isPresent()) {
      Refusal refusal = new Refusal("FORBIDDEN", "Repository access blocked");
      return DataFetcherResult.newResult()
          .error(refusal.at(path, env.getField().getSourceLocation()))
          .build();
    }
    Optional<?> found = decoded.flatMap(this::find);
    if (found.isPresent()) {
      return DataFetcherResult.newResult().data(found.get()).build();
    }
    Refusal refusal =
        new Refusal("NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'.");
    return DataFetcherResult.newResult()
        .error(refusal.at(path, env.getField().getSourceLocation()))
        .build();
  }

  /** What lies in a repository that is blocked is blocked too. */
  private boolean isBlocked(NodeId id) {
    long repository = id.prefix().equals("R") ? id.id() : id.repositoryId();
    return hub.repository(repository).filter(row -> hub.blockOf(row) != null).isPresent();
  }

  private Optional<?> find(NodeId id) {
    return switch (id.prefix()) {
      case "R" -> hub.repository(id.id());
      case "PR" ->
          hub.repository(id.repositoryId()).flatMap(_ -> hub.pull(id.repositoryId(), id.id()));
      case "DE" -> hub.deployment(id.repositoryId(), id.id());
      case "U" -> hub.account(id.id()).filter(account -> !account.bot());
      case "BOT" -> hub.account(id.id()).filter(Person::bot);
      case "I" -> issues.find(id.repositoryId(), id.id());
      case "T" -> hub.team(id.id());
      case "O" -> Optional.of(hub.organisation()).filter(row -> row.id() == id.id());
      default -> Optional.empty();
    };
  }

  private Map<String, Object> rateLimit(DataFetchingEnvironment env) {
    QueryCost.Cost cost = env.getGraphQlContext().get(QueryCost.Cost.class);
    Budget budget = env.getGraphQlContext().get(Budget.class);
    Budget.Standing standing = budget.standing(hub.now());
    Map<String, Object> row = new HashMap<>();
    row.put("cost", cost.points());
    row.put("nodeCount", cost.nodes());
    row.put("limit", standing.limit());
    row.put("used", standing.used());
    row.put("remaining", standing.remaining());
    row.put("resetAt", standing.resetsAt());
    return row;
  }
}
