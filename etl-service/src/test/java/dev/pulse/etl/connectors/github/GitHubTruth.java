package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a complete copy of the simulated GitHub holds. */
public final class GitHubTruth {

  private static final Map<String, String> EVENTS =
      Map.of(
          "ReadyForReviewEvent", "READY_FOR_REVIEW",
          "ConvertToDraftEvent", "CONVERTED_TO_DRAFT",
          "ReviewRequestedEvent", "REVIEW_REQUESTED",
          "ReviewRequestRemovedEvent", "REVIEW_REQUEST_REMOVED",
          "ClosedEvent", "CLOSED",
          "ReopenedEvent", "REOPENED",
          "MergedEvent", "MERGED",
          "HeadRefForcePushedEvent", "FORCE_PUSHED");

  private final JdbcClient jdbc;
  private final World world;
  private long connection;

  public GitHubTruth(JdbcClient jdbc, World world) {
    this.jdbc = jdbc;
    this.world = world;
  }

  /** Compares all rows of a connection with the world. */
  public void assertEqual(long connection) {
    this.connection = connection;
    var pulls = new ArrayList<String>();
    var commits = new HashSet<String>();
    var replaced = new HashSet<String>();
    var pullCommits = new ArrayList<String>();
    var reviews = new ArrayList<String>();
    var events = new ArrayList<String>();
    var comments = new ArrayList<String>();
    for (int i = 0; i < world.pullCount(); i++) {
      var pull = world.pull(i);
      var name = pull.repository().fullName() + "|" + pull.number();
      pulls.add(row(pull, name));
      replaced.addAll(pull.replaced());
      for (int n = 0; n < pull.commits().size(); n++) {
        commits.add(pull.commits().get(n).sha());
        pullCommits.add(name + "|" + n + "|" + pull.commits().get(n).sha());
      }
      for (var review : pull.reviews()) {
        reviews.add(
            name
                + "|"
                + review.databaseId()
                + "|"
                + review.state()
                + (review.author().gone() ? "" : "|" + review.author().login()));
      }
      for (var event : pull.events()) events.add(name + "|" + EVENTS.get(event.type()));
      for (var comment : pull.comments()) {
        comments.add(
            "%s|%s|%d|%s%s|%s"
                .formatted(
                    name,
                    comment.path() == null ? "COMMENT" : "REVIEW_COMMENT",
                    comment.databaseId(),
                    comment.review() == null ? "" : comment.review().databaseId() + "|",
                    comment.author().gone() ? "ghost" : comment.author().login(),
                    comment.body().replace('\u0000', '\uFFFD')));
      }
    }
    assertThat(
            stored(
                "p.number, p.title, p.state, p.draft, p.commit_count, p.head_sha, a.login,"
                    + " to_char(p.source_updated_at at time zone 'UTC',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
                "pull_request p left join account a on a.connection_id = p.connection_id"
                    + " and a.external_id = p.author_id",
                "p"))
        .containsExactlyInAnyOrderElementsOf(pulls);
    // a force push takes a commit out of its pull request, not out of the repository
    replaced.addAll(commits);
    var history = new ArrayList<PullRequest.Commit>();
    for (var repository : world.repositories()) history.addAll(world.histories().of(repository));
    history.forEach(commit -> commits.add(commit.sha()));
    replaced.addAll(commits);
    assertThat(rows("select distinct external_id from commit where connection_id = ?"))
        .containsAll(commits)
        .allSatisfy(
            sha ->
                assertThat(
                        replaced.contains(sha) || world.histories().parentOfTakenBack(sha) != null)
                    .as(sha)
                    .isTrue());
    assertThat(
            rows(
                """
                select concat_ws('|', p.external_id, p.position, p.parent_sha, c.message, extract(epoch from c.committed_at)::bigint)
                from commit_parent p
                join commit c using (connection_id, repository_id, external_id)
                where connection_id = ?
                """))
        .containsAll(parents(history));
    assertThat(stored("p.number, c.position, c.external_id", child("pull_request_commit"), "c"))
        .containsExactlyInAnyOrderElementsOf(pullCommits);
    assertThat(
            stored(
                "p.number, c.external_id, c.state, a.login",
                child("review")
                    + " left join account a on a.connection_id = c.connection_id and a.external_id"
                    + " = c.author_id",
                "c"))
        .containsExactlyInAnyOrderElementsOf(reviews);
    assertThat(stored("p.number, c.kind", child("pull_request_event"), "c"))
        .containsExactlyInAnyOrderElementsOf(events);
    assertThat(
            stored(
                "c.parent_number, c.kind, c.external_id, c.review_id, a.login, c.body",
                "(select * from comment where parent_kind = 'pull_request') c left join account a"
                    + " on a.connection_id = c.connection_id and a.external_id = c.author_id",
                "c"))
        .containsExactlyInAnyOrderElementsOf(comments);
    assertThat(
            rows(
                """
                select concat_ws('|', r.full_name, e.tag, e.name, e.state, e.target, e.description,
                  extract(epoch from e.released_at)::bigint, extract(epoch from e.source_updated_at)::bigint)
                from release e
                join repository r on r.connection_id = e.connection_id and r.external_id = e.repository_id
                where e.connection_id = ? and e.deleted_at is null
                """))
        .containsExactlyInAnyOrderElementsOf(releases());
    new GitHubDeliveryTruth(jdbc, world).assertEqual(connection);
    assertThat(rows("select full_name from repository where connection_id = ?"))
        .containsExactlyInAnyOrderElementsOf(
            world.repositories().stream().map(each -> each.fullName()).toList());
    new GitHubIssueTruth(jdbc, world, connection).assertEqual();
    new GitHubTeamTruth(jdbc, world, connection).assertEqual();
  }

  private static List<String> parents(List<PullRequest.Commit> history) {
    return history.stream()
        .flatMap(
            commit ->
                IntStream.range(0, commit.parents().size())
                    .mapToObj(
                        i ->
                            "%s|%d|%s|%s|%d"
                                .formatted(
                                    commit.sha(),
                                    i,
                                    commit.parents().get(i),
                                    commit.message(),
                                    commit.authored().getEpochSecond())))
        .toList();
  }

  private List<String> releases() {
    return world.repositories().stream()
        .flatMap(repository -> world.releases().of(repository).stream())
        .map(
            release ->
                Stream.of(
                        release.repository().fullName(),
                        release.tag(),
                        release.name(),
                        release.draft()
                            ? "DRAFT"
                            : release.prerelease() ? "PRERELEASE" : "RELEASED",
                        release.sha(),
                        release.body().replace('\u0000', '\uFFFD'),
                        release.published() == null ? null : release.published().getEpochSecond(),
                        release.updated().getEpochSecond())
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .collect(joining("|")))
        .toList();
  }

  /** Rows of a table with the name of their repository in front. */
  private List<String> stored(String columns, String from, String table) {
    var repository =
        from.contains(" p ") || from.startsWith("pull_request p")
            ? "p.repository_id"
            : "c.repository_id";
    return rows(
        """
        select concat_ws('|', r.full_name, %s)
        from %s
        join repository r on r.connection_id = %s.connection_id and r.external_id = %s
        where %s.connection_id = ? and %s.deleted_at is null
        """
            .formatted(columns, from, table, repository, table, table));
  }

  private static String child(String table) {
    return "%s c join pull_request p on p.connection_id = c.connection_id and p.external_id = c.pull_request_id "
        .formatted(table);
  }

  private static String row(PullRequest pull, String name) {
    return "%s|%s|%s|%s|%d|%s|%s%s"
        .formatted(
            name,
            pull.title(),
            pull.state(),
            pull.draft() ? "t" : "f",
            pull.commits().size(),
            pull.headSha(),
            pull.author().gone() ? "" : pull.author().login() + "|",
            pull.updated());
  }

  private List<String> rows(String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }
}
