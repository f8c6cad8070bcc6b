package dev.pulse.local.github;

import dev.pulse.local.world.Person;
import dev.pulse.local.world.PullRequest.Commit;
import dev.pulse.local.world.Repository;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Commits, in GraphQL: by themselves, or as the tip of a history. */
final class CommitFields {

  private final Hub hub;

  CommitFields(Hub hub) {
    this.hub = hub;
  }

  /** A commit of a repository's default branch, from which its history can be read. */
  record Tip(Repository repository, Commit commit) {}

  void wire(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Object.class, "Commit")
        .plain("id", row -> "C_" + base64(commit(row).sha()))
        .plain("oid", row -> commit(row).sha())
        .plain("message", row -> commit(row).message())
        .plain("messageHeadline", row -> commit(row).message().lines().findFirst().orElse(""))
        .plain("url", row -> Urls.WEB + "/commit/" + commit(row).sha())
        .plain("authoredDate", row -> commit(row).authored())
        .plain("committedDate", row -> commit(row).authored())
        .plain("additions", _ -> 1)
        .plain("deletions", _ -> 1)
        .plain("changedFilesIfAvailable", _ -> 1)
        .plain("author", row -> gitActor(commit(row)))
        .plain("committer", row -> gitActor(commit(row)))
        .asked("parents", (row, env) -> parents(commit(row), env))
        .asked("history", this::history);
  }

  /** The commit of a default branch with this hash; the newest one if none is given. */
  @Nullable Tip tip(Repository repository, @Nullable String oid) {
    return hub.history(repository).stream()
        .filter(commit -> oid == null || commit.sha().equals(oid))
        .findFirst()
        .map(commit -> new Tip(repository, commit))
        .orElse(null);
  }

  private Connection<?> history(Object row, DataFetchingEnvironment env) {
    if (!(row instanceof Tip tip)) return Connection.of(List.of(), env);
    String since = env.getArgument("since");
    Instant from = since == null ? Instant.MIN : Instant.parse(since);
    List<Commit> all = hub.history(tip.repository());
    int first =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).sha().equals(tip.commit().sha()))
            .findFirst()
            .orElse(all.size());
    return Connection.of(
        all.subList(first, all.size()).stream()
            .filter(commit -> !commit.authored().isBefore(from))
            .toList(),
        env);
  }

  private static Connection<?> parents(Commit commit, DataFetchingEnvironment env) {
    return Connection.of(
        commit.parents().stream()
            .map(sha -> new Commit(sha, commit.author(), "", commit.authored(), List.of()))
            .toList(),
        env);
  }

  private static Commit commit(Object row) {
    return row instanceof Tip tip ? tip.commit() : (Commit) row;
  }

  private static Map<String, @Nullable Object> gitActor(Commit commit) {
    Person author = commit.author();
    Map<String, @Nullable Object> actor = new HashMap<>();
    actor.put("date", commit.authored());
    actor.put("email", author.email());
    actor.put("name", author.name());
    actor.put("user", author.bot() || author.gone() ? null : author);
    return actor;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
