package dev.pulse.local.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.CodeIssues;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The issues that repositories keep themselves, as GraphQL shows them. */
class IssuesTest {

  private static final String LIST =
      """
      query($id:ID!,$first:Int!,$after:String,$since:DateTime,$orderBy:IssueOrder!){
        node(id:$id){... on Repository{hasIssuesEnabled
          issues(first:$first,after:$after,filterBy:{since:$since},orderBy:$orderBy){
            totalCount pageInfo{hasNextPage endCursor} nodes{id number updatedAt}}}}}
      """;
  private static final String ONE =
      """
      query($id:ID!,$after:String){node(id:$id){... on Issue{
        id state stateReason(enableDuplicate:true) closedAt parent{id} milestone{title}
        timelineItems(first:50,after:$after){filteredCount pageInfo{hasNextPage endCursor} nodes{__typename
          ... on ClosedEvent{id stateReason closer{__typename}} ... on TransferredEvent{fromRepository{nameWithOwner}}
          ... on CrossReferencedEvent{willCloseTarget source{__typename} target{... on Issue{id}}}
          ... on AssignedEvent{assignee{__typename}} ... on LabeledEvent{label{name}}}}}}}
      """;

  private GitHubSite site;
  private CodeIssues issues;
  private Repository repository;

  @BeforeEach
  void start() {
    site = new GitHubSite(5_000, 5_000);
    issues = site.world.codeIssues();
    repository = site.world.repository(0);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void each_is_listed_once_in_every_order() throws Exception {
    var own = own();

    for (var order : List.of("CREATED_AT ASC", "UPDATED_AT ASC", "UPDATED_AT DESC")) {
      assertThat(ids(order, null, 7)).as(order).containsExactlyInAnyOrderElementsOf(own);
    }
  }

  @Test
  void since_keeps_the_issue_of_that_very_second_and_all_that_were_updated_later()
      throws Exception {
    var middle = issues.issue(repository.index() + 20 * site.world.repositories().size());

    var since = ids("UPDATED_AT ASC", middle.updated(), 100);

    assertThat(since).first().isEqualTo(IssueFields.id(middle));
    assertThat(since).hasSize(own().size() - 20);
  }

  @Test
  void what_is_done_to_an_issue_moves_it_to_the_end() throws Exception {
    issues.edit(0);
    issues.toggle(0);

    assertThat(ids("UPDATED_AT ASC", null, 100)).last().isEqualTo(IssueFields.id(issues.issue(0)));
  }

  @Test
  void what_is_deleted_or_transferred_is_not_found_and_what_it_became_is() throws Exception {
    var deleted = issues.issue(0);
    var moved = issues.issue(site.world.repositories().size());
    issues.delete(0);
    var became = issues.issue(issues.transfer(moved.index()));

    for (var gone : List.of(deleted, moved)) {
      var answer = one(IssueFields.id(gone), null);
      assertThat(answer.at("/errors/0/type").asString()).isEqualTo("NOT_FOUND");
      assertThat(answer.at("/data/node").isNull()).isTrue();
    }
    var now = one(IssueFields.id(became), null);
    assertThat(became.title()).isEqualTo(moved.title());
    assertThat(became.repository()).isNotEqualTo(moved.repository());
    assertThat(now.at("/data/node/timelineItems/nodes/0/fromRepository/nameWithOwner").asString())
        .isEqualTo(moved.repository().fullName());
    assertThat(ids("CREATED_AT ASC", null, 100)).hasSize(own().size());
  }

  @Test
  void a_repository_that_keeps_none_says_so_and_shows_none() throws Exception {
    var before = issues.issue(0);
    issues.switchOff(0, true);

    var answer = page("CREATED_AT ASC", null, null, 10);

    assertThat(answer.path("hasIssuesEnabled").asBoolean()).isFalse();
    assertThat(answer.at("/issues/totalCount").asInt()).isZero();
    assertThat(one(IssueFields.id(before), null).at("/data/node").isNull()).isTrue();
  }

  @Test
  void some_have_more_events_than_a_page_and_all_kinds_of_them_happen() throws Exception {
    var kinds = new HashSet<String>();
    int most = 0;
    for (var each : everyOne().subList(0, 150)) {
      String after = null;
      int pages = 0;
      do {
        var list = one(IssueFields.id(each), after).at("/data/node/timelineItems");
        list.path("nodes").forEach(node -> kinds.add(node.path("__typename").asString()));
        after = next(list);
        pages++;
      } while (after != null);
      most = Math.max(most, pages);
    }

    assertThat(kinds).hasSize(16); // all but the one of a transfer
    assertThat(most).isGreaterThan(1);
  }

  @Test
  void a_pull_request_names_the_issue_that_it_closes() throws Exception {
    var pull =
        IntStream.range(0, site.world.pullCount())
            .filter(i -> i < issues.count() && issues.closer(i) != null)
            .mapToObj(site.world::pull)
            .findFirst()
            .orElseThrow();

    var answer =
        site.asked(
            "query($id:ID!){node(id:$id){... on"
                + " PullRequest{closingIssuesReferences(first:5){nodes{id}}}}}",
            Map.of("id", PullFields.id(pull)));

    assertThat(answer.at("/data/node/closingIssuesReferences/nodes/0/id").asString())
        .isEqualTo(IssueFields.id(issues.issue(pull.index())));
  }

  @Test
  void no_issue_has_the_number_of_a_pull_request() {
    var numbers = new HashSet<String>();
    for (int i = 0; i < site.world.pullCount(); i++) {
      PullRequest pull = site.world.pull(i);
      numbers.add(pull.repository().index() + "#" + pull.number());
    }

    assertThat(everyOne())
        .extracting(each -> each.repository().index() + "#" + each.number())
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(numbers);
  }

  private List<CodeIssue> everyOne() {
    return IntStream.range(0, issues.count()).mapToObj(issues::issue).toList();
  }

  private List<String> own() {
    return everyOne().stream()
        .filter(each -> each.repository().index() == 0 && !issues.gone(each.index()))
        .map(IssueFields::id)
        .toList();
  }

  private List<String> ids(String order, @Nullable Instant since, int size) throws Exception {
    var ids = new ArrayList<String>();
    String after = null;
    do {
      var list = page(order, since, after, size).path("issues");
      list.path("nodes").forEach(node -> ids.add(node.path("id").asString()));
      after = next(list);
    } while (after != null);
    return ids;
  }

  private JsonNode page(String order, @Nullable Instant since, @Nullable String after, int size)
      throws Exception {
    var variables = new HashMap<String, Object>();
    variables.put("id", NodeIds.of("R", repository.databaseId()));
    variables.put("first", size);
    variables.put(
        "orderBy", Map.of("field", order.split(" ")[0], "direction", order.split(" ")[1]));
    if (since != null) variables.put("since", since.toString());
    if (after != null) variables.put("after", after);
    var answer = site.asked(LIST, variables);
    assertThat(answer.has("errors")).as(answer.toString()).isFalse();
    return answer.at("/data/node");
  }

  private JsonNode one(String id, @Nullable String after) throws Exception {
    return site.asked(ONE, after == null ? Map.of("id", id) : Map.of("id", id, "after", after));
  }

  private static @Nullable String next(JsonNode list) {
    return list.at("/pageInfo/hasNextPage").asBoolean()
        ? list.at("/pageInfo/endCursor").asString()
        : null;
  }
}
