package dev.pulse.local.github;

import dev.pulse.local.github.Hub.Organisation;
import dev.pulse.local.world.CodeRelease;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repository;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Repositories, the organisation around them and its accounts, in GraphQL. */
final class RepositoryFields {
  private final Hub hub;
  private final PullOrder order;
  private final CommitFields commits;
  private final DeploymentFields deployments;

  RepositoryFields(Hub hub) {
    this.hub = hub;
    this.order = new PullOrder(hub);
    this.commits = new CommitFields(hub);
    this.deployments = new DeploymentFields(hub);
  }

  void wire(RuntimeWiring.Builder wiring) {
    commits.wire(wiring);
    deployments.wire(wiring);
    accounts(wiring);
    organisation(wiring);
    repository(Fields.of(wiring, Repository.class, "Repository"));
    release(Fields.of(wiring, CodeRelease.class, "Release"));
    Fields.of(wiring, Repository.class, "Ref")
        .plain("id", row -> NodeIds.of("REF", row.databaseId()))
        .plain("name", _ -> "main")
        .plain("prefix", _ -> "refs/heads/")
        .plain("target", row -> commits.tip(row, null));
    Fields.of(wiring, String.class, "Language")
        .plain("id", name -> "LANG_" + name)
        .plain("name", name -> name);
  }

  private void accounts(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Person.class, "User", "Bot")
        .plain("id", NodeIds::account)
        .plain("databaseId", account -> (int) account.databaseId())
        .plain("login", Person::login)
        .plain("createdAt", _ -> hub.organisation().created())
        .plain("updatedAt", _ -> hub.organisation().created())
        .plain("url", account -> Urls.account(account.login()));
    Fields.of(wiring, Person.class, "User")
        .plain("name", Person::name)
        .plain("email", Person::email);
  }

  private void organisation(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Organisation.class, "Organization")
        .plain("id", row -> NodeIds.of("O", row.id()))
        .plain("databaseId", row -> (int) row.id())
        .plain("login", Organisation::login)
        .plain("name", Organisation::name)
        .plain("createdAt", Organisation::created)
        .plain("url", row -> Urls.account(row.login()))
        .asked("repositories", (_, env) -> repositories(env))
        .asked("membersWithRole", (_, env) -> Connection.of(hub.members(), env));
    Fields.of(wiring, Connection.Edge.class, "OrganizationMemberEdge")
        .plain("role", edge -> edge.node().equals(hub.viewer()) ? "ADMIN" : "MEMBER");
  }

  private void repository(Fields<Repository> fields) {
    fields
        .plain("id", row -> NodeIds.of("R", row.databaseId()))
        .plain("databaseId", row -> (int) row.databaseId())
        .plain("name", Repository::name)
        .plain("nameWithOwner", Repository::fullName)
        .plain("owner", row -> hub.ownerOf(row))
        .plain("url", Urls::repository)
        .plain("isArchived", Repository::archived)
        .plain("isDisabled", row -> hub.blockOf(row) != null)
        .plain("isLocked", _ -> false)
        .plain("lockReason", _ -> null)
        .plain("isEmpty", _ -> false)
        .plain("isFork", _ -> false)
        .plain("isPrivate", _ -> true)
        .plain("createdAt", Repository::created)
        .plain("updatedAt", hub::updated)
        .plain("pushedAt", hub::pushed)
        .plain("defaultBranchRef", row -> hub.history(row).isEmpty() ? null : row)
        .asked("object", (row, env) -> commits.tip(row, env.getArgument("oid")))
        .plain("primaryLanguage", _ -> "Java")
        .asked("pullRequest", (row, env) -> pull(row, env))
        .asked("pullRequests", (row, env) -> order.page(row, env))
        .asked("deployments", deployments::page)
        .asked("releases", (row, env) -> releases(row, env));
  }

  private Connection<?> releases(Repository row, DataFetchingEnvironment env) {
    Map<String, Object> asked = env.getArgument("orderBy");
    boolean descending = asked != null && "DESC".equals(asked.get("direction"));
    List<CodeRelease> all = hub.releases(row);
    CursorKeys<CodeRelease> keys =
        CursorKeys.byOrder(
            release -> new Order(release.created(), release.databaseId()), descending);
    return Connection.of(descending ? all.reversed() : all, keys, release -> release, env);
  }

  private static void release(Fields<CodeRelease> fields) {
    fields
        .plain("id", row -> NodeIds.of("RE", row.repository().databaseId(), row.databaseId()))
        .plain("databaseId", row -> (int) row.databaseId())
        .plain("tagName", CodeRelease::tag)
        .plain("name", CodeRelease::name)
        .plain("description", CodeRelease::body)
        .plain("isDraft", CodeRelease::draft)
        .plain("isPrerelease", CodeRelease::prerelease)
        .plain("createdAt", CodeRelease::created)
        .plain("publishedAt", CodeRelease::published)
        .plain("updatedAt", CodeRelease::updated)
        .plain("url", row -> Urls.repository(row.repository()) + "/releases/tag/" + row.tag())
        .plain("author", row -> row.author().gone() || row.author().bot() ? null : row.author())
        .plain("tagCommit", RepositoryFields::tagged);
  }

  private static PullRequest.Commit tagged(CodeRelease row) {
    return new PullRequest.Commit(
        row.sha(), row.author(), "Release " + row.tag(), row.created(), List.of());
  }

  private PullRequest pull(Repository row, DataFetchingEnvironment env) {
    int number = env.<Integer>getArgumentOrDefault("number", 0);
    return hub.pullNumbered(row, number)
        .orElseThrow(
            () ->
                new Refusal(
                    "NOT_FOUND",
                    "Could not resolve to a PullRequest with the number of " + number + "."));
  }

  private Connection<?> repositories(DataFetchingEnvironment env) {
    Boolean archived = env.getArgument("isArchived");
    Boolean fork = env.getArgument("isFork");
    Map<String, Object> asked =
        env.getArgumentOrDefault("orderBy", Map.of("field", "CREATED_AT", "direction", "ASC"));
    boolean descending = "DESC".equals(asked.get("direction"));
    List<Repository> rows =
        hub.repositories().stream()
            .filter(row -> archived == null || archived == row.archived())
            .filter(_ -> fork == null || !fork)
            .toList();
    if ("NAME".equals(asked.get("field"))) {
      Comparator<Repository> byName = Comparator.comparing(Repository::name);
      List<Repository> named =
          rows.stream().sorted(descending ? byName.reversed() : byName).toList();
      return Connection.of(named, env);
    }
    Function<Repository, Instant> time =
        "CREATED_AT".equals(asked.get("field")) ? Repository::created : hub::updated;
    List<Timed> timed =
        rows.stream()
            .map(row -> new Timed(new Order(time.apply(row), row.databaseId()), row))
            .toList();
    Comparator<Timed> byTime = Comparator.comparing(Timed::order);
    List<Timed> sorted = timed.stream().sorted(descending ? byTime.reversed() : byTime).toList();
    return Connection.of(sorted, CursorKeys.byOrder(Timed::order, descending), Timed::row, env);
  }

  /** A repository and the time it is sorted by, read once: it may move while the list is made. */
  private record Timed(Order order, Repository row) {}
}
