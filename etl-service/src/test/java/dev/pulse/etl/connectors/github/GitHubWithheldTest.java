package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.etl.connectors.records.PullRequestCommit;
import dev.pulse.etl.connectors.records.Repository;
import dev.pulse.etl.connectors.records.Review;
import dev.pulse.etl.connectors.records.SourceRecord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Answers in which GitHub keeps a part back: only that part is missing, and it is told. */
class GitHubWithheldTest extends ScriptedGitHubTest {

  private static final String NOTHING = "{\"nodes\":[],\"pageInfo\":{\"hasNextPage\":false}}";

  @Test
  void a_pull_request_that_is_withheld_costs_no_other() throws InterruptedException {
    github.on("Pulls", 200, pulls(error("FORBIDDEN", "1"), pull("PR_1", ""), "null"));

    var page = read("pull_requests", null, 50);

    assertThat(ids(page, PullRequest.class)).containsExactly("PR_1");
    assertThat(page.unreadable())
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.externalId()).isEqualTo("R_1 item 1 from the beginning");
              assertThat(missing.reason()).isEqualTo("withheld by GitHub: FORBIDDEN");
            });
  }

  @Test
  void a_field_that_is_withheld_is_told_with_its_path_and_the_rest_is_stored()
      throws InterruptedException {
    github.on(
        "Pulls",
        200,
        pulls(
            error("FORBIDDEN", "0,\"mergeCommit\"")
                + ","
                + error("NOT_FOUND", "0,\"closingIssuesReferences\",\"nodes\",3"),
            pull("PR_1", "\"mergeCommit\":null,"),
            pull("PR_2", "")));

    var page = read("pull_requests", null, 50);

    assertThat(ids(page, PullRequest.class)).containsExactly("PR_1", "PR_2");
    assertThat(page.unreadable())
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.externalId()).isEqualTo("PR_1");
              assertThat(missing.reason())
                  .isEqualTo(
                      "withheld by GitHub: FORBIDDEN at mergeCommit,"
                          + " NOT_FOUND at closingIssuesReferences.nodes.3");
            });
    assertThat(page.readable()).contains("PR_2").doesNotContain("PR_1");
  }

  @Test
  void commits_that_are_withheld_are_not_taken_for_gone() throws InterruptedException {
    var commits = "{\"nodes\":[{\"commit\":{\"oid\":\"%040d\"}},null],%s}";
    var raw =
        pull("PR_1", "")
            .replace(
                "\"commits\":" + NOTHING,
                "\"commits\":" + commits.formatted(1, "\"pageInfo\":{\"hasNextPage\":false}"));
    github.on("Pulls", 200, pulls(error("FORBIDDEN", "0,\"commits\",\"nodes\",1"), raw));

    var page = read("pull_requests", null, 50);

    assertThat(ids(page, PullRequest.class)).containsExactly("PR_1");
    assertThat(ids(page, PullRequestCommit.class)).hasSize(1);
    assertThat(page.childLists())
        .extracting(ChildList::type)
        .doesNotContain(PullRequestCommit.class)
        .contains(Review.class);
    assertThat(page.unreadable())
        .filteredOn(missing -> missing.externalId().equals("PR_1"))
        .extracting(Unreadable::reason)
        .containsExactly("withheld by GitHub: FORBIDDEN at commits.nodes.1");
  }

  @Test
  void a_list_of_a_long_pull_request_that_is_withheld_costs_no_other_list()
      throws InterruptedException {
    github.on(
        "PullChildren",
        200,
        """
        {"errors":[{"type":"FORBIDDEN","path":["node","reviews"]}],
         "data":{"node":{"id":"PR_1","commits":%s,"reviews":null,"timelineItems":%s}}}\
        """
            .formatted(NOTHING, NOTHING));

    var page = pay("PR_1");

    assertThat(page.childLists())
        .extracting(ChildList::type)
        .contains(PullRequestCommit.class)
        .doesNotContain(Review.class);
    assertThat(page.unreadable())
        .extracting(Unreadable::externalId, Unreadable::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "PR_1", "withheld by GitHub: FORBIDDEN at reviews"));
  }

  @Test
  void a_long_pull_request_that_could_be_read_leaves_the_quarantine() throws InterruptedException {
    github.on("PullChildren", 200, children());

    assertThat(pay("PR_1").readable()).contains("PR_1");
  }

  @Test
  void a_long_pull_request_that_is_too_heavy_is_asked_for_in_smaller_pieces()
      throws InterruptedException {
    github.on("PullChildren", 502, "<html>").on("PullChildren", 200, children());

    assertThat(pay("PR_1").last()).isTrue();

    assertThat(github.asked())
        .extracting(asked -> JsonMapper.shared().readTree(asked.split(" ", 2)[1]).path("first"))
        .extracting(first -> first.asInt(0))
        .containsExactly(100, 50);
  }

  @Test
  void a_repository_that_is_withheld_costs_no_other() throws InterruptedException {
    github.on(
        "Repositories",
        200,
        """
        {"errors":[{"type":"FORBIDDEN","path":["organization","repositories","nodes",0]}],
         "data":{"organization":{"repositories":{"totalCount":2,
           "nodes":[null,{"id":"R_2","name":"b","nameWithOwner":"acme/b"}],
           "pageInfo":{"hasNextPage":false,"endCursor":null}}}}}\
        """);

    var page = read("repositories", null, 50);

    assertThat(ids(page, Repository.class)).containsExactly("R_2");
    assertThat(page.unreadable())
        .extracting(Unreadable::reason)
        .containsExactly("withheld by GitHub: FORBIDDEN");
    assertThat(open().discover("", 10)).extracting("externalId").containsExactly("R_2");
  }

  @Test
  void what_is_null_without_a_word_is_told_too() throws InterruptedException {
    github.on("Pulls", 200, pulls("", "null", pull("PR_2", "")));

    var page = read("pull_requests", null, 50);

    assertThat(ids(page, PullRequest.class)).containsExactly("PR_2");
    assertThat(page.unreadable())
        .extracting(Unreadable::reason)
        .containsExactly("GitHub answered nothing in its place");
  }

  static List<String> ids(Page page, Class<? extends SourceRecord> type) {
    return page.records().stream().filter(type::isInstance).map(SourceRecord::externalId).toList();
  }

  private static String pull(String id, String field) {
    return """
    {%s"id":"%s","number":1,"title":"x","state":"OPEN","baseRefName":"main","headRefName":"x",
     "createdAt":"2026-01-05T10:00:00Z","updatedAt":"2026-01-05T10:00:00Z",
     "commits":%s,"reviews":%s,"timelineItems":%s}\
    """
        .formatted(field, id, NOTHING, NOTHING, NOTHING);
  }

  private static String error(String type, String path) {
    return "{\"type\":\"%s\",\"path\":[\"node\",\"pullRequests\",\"nodes\",%s]}"
        .formatted(type, path);
  }

  private static String pulls(String errors, String... nodes) {
    return """
    {"errors":[%s],"data":{"node":{"pullRequests":{"totalCount":%d,"nodes":[%s],
      "pageInfo":{"hasNextPage":false,"endCursor":null}}}}}\
    """
        .formatted(errors, nodes.length, String.join(",", nodes));
  }

  private static String children() {
    return "{\"data\":{\"node\":{\"id\":\"PR_1\",%s}}}"
        .formatted(
            IntStream.range(0, 3)
                .mapToObj(i -> List.of("commits", "reviews", "timelineItems").get(i))
                .map(list -> "\"" + list + "\":" + NOTHING)
                .collect(Collectors.joining(",")));
  }
}
