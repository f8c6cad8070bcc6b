package dev.pulse.etl.connectors.github;

import static dev.pulse.etl.connectors.github.GitHubIssueAnswers.SECOND;
import static dev.pulse.etl.connectors.github.GitHubIssueAnswers.issue;
import static dev.pulse.etl.connectors.github.GitHubIssueAnswers.issues;
import static dev.pulse.etl.connectors.github.GitHubIssueAnswers.list;
import static dev.pulse.etl.connectors.github.GitHubIssueAnswers.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How issues and their timelines are read, page by page. */
class GitHubIssueStreamsTest extends ScriptedGitHubTest {

  private static final Instant LONG_AGO = Instant.parse("2026-01-04T00:00:00Z");

  @Test
  void the_next_page_is_asked_for_by_the_time_of_the_last_issue() throws InterruptedException {
    github.on("Issues", 200, issues("c2", issue(1, SECOND), issue(2, "2026-01-05T10:00:07Z")));

    var page = read("issues", null, 50);
    read("issues", page.next(), 50);

    assertThat(page.next()).isEqualTo(new Position("2026-01-05T10:00:07Z "));
    assertThat(variables(0)).contains("\"first\":50").doesNotContain("since", "after");
    assertThat(variables(1)).contains("\"since\":\"2026-01-05T10:00:07Z\"").doesNotContain("after");
  }

  @Test
  void issues_of_one_second_go_on_by_the_cursor_until_the_second_has_passed()
      throws InterruptedException {
    github
        .on("Issues", 200, issues("c2", issue(1, SECOND), issue(2, SECOND)))
        .on("Issues", 200, issues("c4", issue(3, SECOND), issue(4, "2026-01-05T10:00:01Z")));

    var first = read("issues", new Position(SECOND + " "), 2);
    var second = read("issues", first.next(), 2);

    assertThat(first.next()).isEqualTo(new Position(SECOND + " c2"));
    assertThat(variables(1)).contains("\"since\":\"" + SECOND + "\"", "\"after\":\"c2\"");
    assertThat(second.next()).isEqualTo(new Position("2026-01-05T10:00:01Z "));
  }

  @Test
  void an_issue_from_the_future_does_not_hide_those_after_it() throws InterruptedException {
    github.on("Issues", 200, issues("c2", issue(1, SECOND), issue(2, "9998-01-05T10:00:00Z")));

    assertThat(read("issues", null, 50).next()).isEqualTo(new Position(SECOND + " "));
  }

  @Test
  void a_cursor_that_is_lost_is_replaced_by_the_time() {
    github.on("Issues", 200, "{\"errors\":[{\"message\":\"`c2` is not a valid cursor\"}]}");

    var failure =
        catchThrowableOfType(
            PositionExpired.class, () -> read("issues", new Position(SECOND + " c2"), 50));

    assertThat(failure.fallback()).isEqualTo(new Position(SECOND + " "));
  }

  @Test
  void a_walk_goes_on_from_its_floor_and_includes_it() throws InterruptedException {
    github.on("Issues", 200, issues(null, issue(1, SECOND)));

    var request = new WalkedStream.Request(REPOSITORY, Instant.parse(SECOND), null, 50);
    var page = walked("issues").read(request);

    assertThat(variables(0)).contains("\"since\":\"" + SECOND + "\"");
    assertThat(page.last()).isTrue();
    assertThat(page.newest()).isEqualTo(SECOND);
    assertThat(page.total()).isNull();
  }

  @Test
  void a_repository_that_keeps_no_issues_is_read_and_empty() throws InterruptedException {
    github.on("Issues", 200, "{\"data\":{\"node\":{\"hasIssuesEnabled\":false,\"issues\":null}}}");

    var page = read("issues", null, 50);

    assertThat(page.last()).isTrue();
    assertThat(page.records()).isEmpty();
    assertThat(page.childLists()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, '{\"errors\":[{\"type\":\"FORBIDDEN\",\"path\":[\"node\",\"issues\"]}],"
        + "\"data\":{\"node\":{\"issues\":null}}}', AccessDenied",
    "200, '{\"errors\":[{\"type\":\"NOT_FOUND\"}],\"data\":{\"node\":null}}', AccessDenied",
    "200, '{\"data\":{\"node\":{\"issues\":{}}}}', SourceUnavailable",
    "200, '{\"data\":{\"node\":{\"issues\":{\"nodes\":[]}}}}', SourceUnavailable",
    "200, '{\"errors\":[{\"type\":\"RESOURCE_LIMITS_EXCEEDED\"}],\"data\":{}}', TooHeavy",
    "200, '{\"errors\":[{\"type\":\"RATE_LIMITED\"}]}', RateLimited",
    "200, '{\"errors\":[{\"message\":\"no such field\"}]}', RequestRefused",
    "401, '{\"message\":\"Bad credentials\",\"documentation_url\":\"\"}', CredentialsRejected",
    "502, <html>, TooHeavy",
    "200, <html>, SourceUnavailable",
  })
  void every_refusal_is_told_by_what_can_be_done(int status, String body, String failure) {
    github.on("Issues", status, body);

    assertThat(failureOf("issues").getClass().getSimpleName()).isEqualTo(failure);
  }

  @Test
  void a_server_that_does_not_know_of_parents_is_asked_for_all_else() throws InterruptedException {
    github
        .on("Issues", 200, "{\"errors\":[{\"message\":\"Field 'parent' doesn't exist\"}]}")
        .on("Issues", 200, issues("c2", issue(1, SECOND), issue(2, SECOND)));
    var stream = walked("issues");
    var request = new WalkedStream.Request(REPOSITORY, null, null, 2);

    var page = stream.read(request);
    stream.read(new WalkedStream.Request(REPOSITORY, null, page.next(), 2));

    assertThat(page.records()).hasAtLeastOneElementOfType(WorkItem.class);
    assertThat(github.asked()).hasSize(3); // what was refused once is not asked for again
    assertThat(GitHubQuery.ISSUES_OF_OLDER.text())
        .doesNotContain("parent {", "PARENT_ISSUE", "enableDuplicate")
        .contains("stateReason", "closedAt");
  }

  @Test
  void an_issue_that_is_withheld_costs_no_other() throws InterruptedException {
    github.on(
        "Issues",
        200,
        issues(null, issue(1, SECOND), "null")
            .replaceFirst(
                "\\{",
                "{\"errors\":[{\"type\":\"FORBIDDEN\",\"path\":[\"node\",\"issues\",\"nodes\",1]}],"));

    var page = read("issues", null, 50);

    assertThat(page.records()).hasAtLeastOneElementOfType(WorkItem.class);
    assertThat(page.unreadable())
        .extracting(Unreadable::reason)
        .containsExactly("withheld by GitHub: FORBIDDEN");
  }

  @Test
  void a_quiet_repository_is_left_alone() throws InterruptedException {
    probe("{\"id\":\"a\",\"hasIssuesEnabled\":true,\"issues\":" + list(3) + "}");

    var first = plan("acme/a", null);
    var again = plan("acme/a", first.getFirst().mark());

    assertThat(first).singleElement().extracting("mark").isEqualTo("3@" + SECOND + " acme/a");
    assertThat(again).isEmpty();
  }

  @Test
  void a_repository_of_which_the_probe_learned_nothing_is_walked() throws InterruptedException {
    probe("null");

    assertThat(plan("acme/a", "? acme/a")).hasSize(1);
  }

  @Test
  void a_renamed_repository_is_read_from_the_beginning() throws InterruptedException {
    probe("{\"id\":\"a\",\"hasIssuesEnabled\":true,\"issues\":" + list(3) + "}");
    github.on("Issues", 200, issues(null));
    var stream = walked("issues");

    var walk = plan(stream, "acme/new", "3@" + SECOND + " acme/old");
    stream.read(new WalkedStream.Request(walk.getFirst().partition(), LONG_AGO, null, 50));

    assertThat(variables(1)).doesNotContain("since");
  }

  @Test
  void a_repository_that_stops_keeping_issues_is_walked_once_more() throws InterruptedException {
    probe("{\"id\":\"a\",\"hasIssuesEnabled\":false,\"issues\":" + list(0) + "}");

    var off = plan("acme/a", "3@" + SECOND + " acme/a");

    assertThat(off).singleElement().extracting("mark").isEqualTo("off acme/a");
    assertThat(plan("acme/a", "off acme/a")).isEmpty();
  }

  @Test
  void a_repository_that_keeps_issues_again_is_read_from_the_beginning()
      throws InterruptedException {
    probe("{\"id\":\"a\",\"hasIssuesEnabled\":true,\"issues\":" + list(3) + "}");
    github.on("Issues", 200, issues(null));
    var stream = walked("issues");

    var on = plan(stream, "acme/a", "off acme/a");
    stream.read(new WalkedStream.Request(on.getFirst().partition(), LONG_AGO, null, 50));

    assertThat(variables(1)).startsWith("Issues").doesNotContain("since");
  }

  @Test
  void a_long_timeline_is_read_whole_and_in_smaller_pieces_if_need_be()
      throws InterruptedException {
    github
        .on("IssueTimeline", 200, timeline(0, 100, "c100"))
        .on("IssueTimeline", 502, "<html>")
        .on("IssueTimeline", 200, timeline(100, 120, null));

    var page = pay("issue_timelines", "I_1");

    assertThat(variables(0)).contains("\"first\":100").doesNotContain("after");
    assertThat(variables(2)).contains("\"first\":50", "\"after\":\"c100\"");
    assertThat(page.records().stream().filter(WorkItemChange.class::isInstance)).hasSize(120);
    assertThat(page.childLists()).contains(new ChildList(WorkItemChange.class, "I_1")).hasSize(3);
    assertThat(page.readable()).contains("I_1");
    assertThat(page.last()).isTrue();
  }

  @Test
  void the_timeline_of_an_issue_that_is_gone_is_set_aside_and_stays_owed()
      throws InterruptedException {
    github.on(
        "IssueTimeline", 200, "{\"errors\":[{\"type\":\"NOT_FOUND\"}],\"data\":{\"node\":null}}");

    var page = pay("issue_timelines", "I_1");

    assertThat(page.unreadable()).extracting(Unreadable::externalId).containsExactly("I_1");
    assertThat(page.owed())
        .containsExactly(
            new OwedWork("issue_timelines", WorkItem.class, "I_1", REPOSITORY, "", false));
    assertThat(page.childLists()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"errors\":[{\"message\":\"`c100` is not a valid cursor\"}]}'",
    "'{\"data\":{\"node\":{\"id\":\"I_1\",\"timelineItems\":{\"nodes\":[],"
        + "\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"c100\"}}}}}'",
    "'{\"data\":{\"node\":{\"id\":\"I_1\",\"timelineItems\":{}}}}'",
    "'{\"data\":{\"node\":null}}'",
  })
  void a_timeline_that_breaks_off_is_read_again_later(String then) {
    github.on("IssueTimeline", 200, timeline(0, 100, "c100")).on("IssueTimeline", 200, then);

    assertThatThrownBy(() -> pay("issue_timelines", "I_1")).isInstanceOf(SourceUnavailable.class);
  }

  private String variables(int call) {
    return github.asked().get(call);
  }

  private void probe(String node) {
    github.on("Probe", 200, "{\"data\":{\"nodes\":[" + node + "]}}");
  }

  private List<PlannedWalk> plan(String name, @Nullable String mark) throws InterruptedException {
    return plan(walked("issues"), name, mark);
  }

  private static List<PlannedWalk> plan(WalkedStream stream, String name, @Nullable String mark)
      throws InterruptedException {
    var scope = List.of(new ScopeElement("a", "h", name, name, Map.of()));
    var reached =
        mark == null ? Reached.NOWHERE : new Reached(LONG_AGO, mark, Instant.now(), false);
    return stream.plan(new Planning(scope, Map.of("a", reached), Instant.now()));
  }

  private Page pay(String stream, String parent) throws InterruptedException {
    return ((OwedStream) stream(stream)).read(List.of(new Owed(parent, REPOSITORY, "")), null);
  }
}
