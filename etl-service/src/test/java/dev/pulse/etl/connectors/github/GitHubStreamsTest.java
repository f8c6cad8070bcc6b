package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.PullRequestCommit;
import dev.pulse.etl.connectors.records.PullRequestEvent;
import dev.pulse.etl.connectors.records.Review;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How the streams go from page to page, and what they say is complete. */
class GitHubStreamsTest extends ScriptedGitHubTest {

  private static final String COMMENTS = "repos/acme/shop/issues/comments";
  private static final String NOTHING = "{\"nodes\":[],\"pageInfo\":{\"hasNextPage\":false}}";

  @Test
  void comments_of_one_second_are_not_skipped_when_the_page_grows() throws InterruptedException {
    var second = "2026-01-05T10:00:00Z";
    var ten = IntStream.range(0, 10).mapToObj(i -> comment(i, "issues", second)).toList();
    github.on(COMMENTS, 200, ten.toString(), "Link", "<x>; rel=\"next\"");

    var first = read("issue_comments", new Position(second + " 30"), 10);
    read("issue_comments", first.next(), 100);

    assertThat(first.next()).isEqualTo(new Position(second + " 40"));
    assertThat(github.asked().getFirst()).contains("per_page=10&page=4");
    assertThat(github.asked().getLast()).contains("per_page=100&page=1&");
  }

  @Test
  void comments_go_on_from_the_time_of_the_last_one() throws InterruptedException {
    var two =
        List.of(
            comment(1, "issues", "2026-01-05T10:00:00Z"),
            comment(2, "issues", "2026-01-05T10:00:07Z"));
    github.on(COMMENTS, 200, two.toString(), "Link", "<x>; rel=\"next\"");

    var page = read("issue_comments", null, 100);

    assertThat(page.next()).isEqualTo(new Position("2026-01-05T10:00:07Z 0"));
  }

  @Test
  void a_comment_from_the_future_does_not_hide_those_after_it() throws InterruptedException {
    var two =
        List.of(
            comment(1, "issues", "2026-01-05T10:00:07Z"),
            comment(2, "issues", "9998-01-05T10:00:00Z"));
    github.on(COMMENTS, 200, two.toString(), "Link", "<x>; rel=\"next\"");

    var page = read("issue_comments", null, 100);

    assertThat(page.next()).isEqualTo(new Position("2026-01-05T10:00:07Z 0"));
  }

  @Test
  void an_organisation_named_pull_does_not_make_issues_pull_requests() {
    var page = Page.servedAt(Instant.EPOCH);
    var raw = JsonMapper.shared().readTree(comment(1, "issues", "2026-01-05T10:00:00Z"));

    GitHubComments.map(raw, REPOSITORY, false, page);

    assertThat(page.last().records())
        .filteredOn(Comment.class::isInstance)
        .extracting(row -> ((Comment) row).parentKind())
        .containsExactly("work_item");
  }

  @Test
  void a_long_pull_request_is_read_whole_so_that_a_force_push_leaves_nothing_behind()
      throws InterruptedException {
    github
        .on("PullChildren", 200, children(commits(0, 100, "c100"), NOTHING, NOTHING))
        .on("PullChildren", 200, children(commits(100, 120, null), NOTHING, NOTHING));

    var page = pay("PR_1");

    assertThat(github.asked().getFirst()).doesNotContain("c100");
    assertThat(github.asked().getLast()).contains("c100");
    assertThat(page.records().stream().filter(PullRequestCommit.class::isInstance))
        .extracting(row -> ((PullRequestCommit) row).position())
        .containsExactlyElementsOf(IntStream.range(0, 120).boxed().toList());
    assertThat(page.childLists())
        .containsExactlyInAnyOrder(
            new ChildList(PullRequestCommit.class, "PR_1"),
            new ChildList(Review.class, "PR_1"),
            new ChildList(PullRequestEvent.class, "PR_1"));
    assertThat(page.last()).isTrue();
  }

  @Test
  void an_unreadable_review_is_set_aside_and_its_stored_row_is_not_taken_for_gone()
      throws InterruptedException {
    var reviews =
        """
        {"nodes":[{"fullDatabaseId":"5","state":null}],"pageInfo":{"hasNextPage":false}}\
        """;
    github.on("PullChildren", 200, children(NOTHING, reviews, NOTHING));

    var page = pay("PR_1");

    assertThat(page.unreadable()).extracting(Unreadable::externalId).containsExactly("5");
    assertThat(page.childLists()).extracting(ChildList::type).doesNotContain(Review.class);
  }

  @Test
  void what_a_hidden_pull_request_owes_is_set_aside_and_not_forgotten()
      throws InterruptedException {
    github.on(
        "PullChildren", 200, "{\"errors\":[{\"type\":\"FORBIDDEN\"}],\"data\":{\"node\":null}}");

    assertThat(pay("PR_1").unreadable()).extracting(Unreadable::externalId).containsExactly("PR_1");
  }

  @Test
  void a_probe_that_is_too_heavy_is_asked_by_halves() throws InterruptedException {
    github.on("Probe", 502, "<html>").on("Probe", 200, "{\"data\":{\"nodes\":[null,null]}}");
    var scope = Stream.of("a", "b").map(id -> new ScopeElement(id, "h", id, id, Map.of())).toList();

    var walks = walked("pull_requests").plan(new Planning(scope, Map.of(), Instant.now()));

    assertThat(walks).hasSize(2);
    assertThat(github.asked()).hasSize(3);
  }

  /** The edit of a comment does not update its pull request, so no probe shows it. */
  @Test
  void comments_of_a_quiet_repository_are_looked_through_once_a_day() throws InterruptedException {
    github.on(
        "Probe",
        200,
        """
        {"data":{"nodes":[{"id":"a","pullRequests":{"totalCount":1,"nodes":[{"updatedAt":"2026-01-05T10:00:00Z"}]},
          "issues":{"totalCount":0,"nodes":[]}}]}}\
        """);
    var scope = List.of(new ScopeElement("a", "h", "a", "a", Map.of()));
    var now = Instant.now();

    assertThat(plannedAfter(scope, now, Duration.ofHours(23))).isEmpty();
    assertThat(plannedAfter(scope, now, Duration.ofHours(25))).hasSize(1);
  }

  private List<PlannedWalk> plannedAfter(List<ScopeElement> scope, Instant now, Duration since)
      throws InterruptedException {
    var mark = "1@2026-01-05T10:00:00Z 0@null";
    var reached = new Reached(now.minus(since), mark, now.minus(since), false);
    return walked("issue_comments").plan(new Planning(scope, Map.of("a", reached), now));
  }

  @Test
  void a_probe_that_says_what_is_no_time_is_not_believed() throws InterruptedException {
    github.on(
        "Probe",
        200,
        """
        {"data":{"nodes":[{"id":"a","pullRequests":{"totalCount":1,"nodes":[{"updatedAt":"soon"}]},
          "issues":{"totalCount":0,"nodes":[]}}]}}\
        """);
    var scope = List.of(new ScopeElement("a", "h", "a", "a", Map.of()));

    var walks = walked("pull_requests").plan(new Planning(scope, Map.of(), Instant.now()));

    assertThat(walks).singleElement().extracting("mark").isNull();
  }

  @Test
  void a_cursor_that_is_lost_in_the_middle_of_a_pull_request_begins_it_anew()
      throws InterruptedException {
    github
        .on("PullChildren", 200, children(commits(0, 100, "c100"), NOTHING, NOTHING))
        .on("PullChildren", 200, "{\"errors\":[{\"message\":\"`c100` is not a valid cursor\"}]}");

    assertThatThrownBy(() -> pay("PR_1")).isInstanceOf(SourceUnavailable.class);
  }

  private static String comment(int id, String parent, String updated) {
    return """
    {"id":%d,"updated_at":"%s","created_at":"%s","body":"x",
     "issue_url":"https://api.github.com/repos/pull/shop/%s/3",
     "html_url":"https://github.com/pull/pull/issues/3#issuecomment-1"}\
    """
        .formatted(id, updated, updated, parent);
  }

  private static String commits(int from, int to, @Nullable String cursor) {
    var nodes =
        IntStream.range(from, to)
            .mapToObj("{\"commit\":{\"oid\":\"%040d\"}}"::formatted)
            .collect(Collectors.joining(","));
    return "{\"nodes\":[%s],\"pageInfo\":{\"hasNextPage\":%s,\"endCursor\":\"%s\"}}"
        .formatted(nodes, cursor != null, cursor);
  }

  private static String children(String commits, String reviews, String events) {
    return "{\"data\":{\"node\":{\"id\":\"PR_1\",\"commits\":%s,\"reviews\":%s,\"timelineItems\":%s}}}"
        .formatted(commits, reviews, events);
  }
}
