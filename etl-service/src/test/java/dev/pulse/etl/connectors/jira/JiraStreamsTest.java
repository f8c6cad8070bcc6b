package dev.pulse.etl.connectors.jira;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the streams read what a site answers. */
class JiraStreamsTest extends ScriptedSiteTest {

  @Test
  void a_page_token_that_is_refused_goes_on_at_the_time_reached() throws Exception {
    site.on("field", 200, "[]")
        .on("search/jql", 200, "{\"issues\":[%s],\"nextPageToken\":\"t\"}".formatted(issue()))
        .on("search/jql", 400, "{\"errorMessages\":[\"token\"]}")
        .on("project/search", 200, "{\"values\":[{\"id\":\"%s\"}]}".formatted(project.id()));
    var source = open();
    var issues = walked(source, "issues");
    var next = issues.read(new WalkedStream.Request(project, null, null, 10)).next();

    var expired =
        catchThrowableOfType(
            PositionExpired.class,
            () -> issues.read(new WalkedStream.Request(project, null, next, 10)));

    assertThat(expired.fallback()).isNotNull();
    assertThatThrownBy(
            () -> issues.read(new WalkedStream.Request(project, null, expired.fallback(), 10)))
        .isInstanceOf(RequestRefused.class);
    assertThat(site.asked()).anyMatch(each -> each.contains("created >= 1616918768713"));
  }

  @Test
  void a_project_that_vanished_is_reported_by_name_without_a_search() throws Exception {
    site.on("project/search", 200, "{\"values\":[],\"isLast\":true,\"total\":0}");
    var stages = open().stages();
    read((WalkedStream) stages.getFirst().getFirst(), Partition.WHOLE, null);

    var issues = (WalkedStream) stages.get(1).getFirst();
    assertThatThrownBy(() -> read(issues, project, null)).isInstanceOf(AccessDenied.class);
    assertThat(site.asked()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"issues, '1'", "issues_look_back, '1767182400000:1'"})
  void a_project_hidden_in_mid_run_leaves_the_others_to_be_read(String name, String mark)
      throws Exception {
    site.on("field", 200, "[]")
        .on("search/jql", 400, "{\"errorMessages\":[\"A value with ID '2' does not exist\"]}")
        .on("search/jql", 200, "{\"issues\":[%s],\"isLast\":true}".formatted(issue()))
        .on("project/search", 200, "{\"values\":[{\"id\":\"1\"}],\"isLast\":true}");
    var issues = walked(open(), name);
    var walk = issues.plan(caughtUp("1", "2")).getFirst();

    var page = read(issues, walk.partition(), null);

    assertThat(walk.mark()).endsWith("1,2");
    assertThat(page.mark()).isEqualTo(mark);
    assertThat(page.records()).isNotEmpty();
    assertThat(site.asked()).last(STRING).contains("project in (1)");
  }

  @Test
  void when_all_are_hidden_in_mid_run_no_walk_ends() throws Exception {
    site.on("field", 200, "[]")
        .on("search/jql", 400, "{\"errorMessages\":[\"A value with ID '2' does not exist\"]}")
        .on("project/search", 200, "{\"values\":[],\"isLast\":true}");
    var issues = walked(open(), "issues");
    var walk = issues.plan(caughtUp("1", "2")).getFirst();

    assertThatThrownBy(() -> read(issues, walk.partition(), null)).isInstanceOf(AccessDenied.class);
  }

  @Test
  void a_project_hidden_while_it_is_counted_is_reported_by_name() {
    site.on("search/jql", 400, "{\"errorMessages\":[\"A value with ID '10000' does not exist\"]}")
        .on("project/search", 200, "{\"values\":[],\"isLast\":true}");

    assertThatThrownBy(() -> read(walked(open(), "issue_census"), project, null))
        .isInstanceOf(AccessDenied.class);
  }

  private static Planning caughtUp(String... projects) {
    var noon = Instant.parse("2026-01-01T12:00:00Z");
    var scope =
        Arrays.stream(projects)
            .map(id -> new ScopeElement(id, "site", "P" + id, "P" + id, Map.of()))
            .toList();
    var read =
        Arrays.stream(projects)
            .collect(toMap(identity(), id -> new Reached(null, null, noon, false)));
    return new Planning(scope, read, noon);
  }

  @Test
  void an_answer_without_issues_is_no_end_of_the_issues() {
    site.on("field", 200, "[]").on("search/jql", 200, "{\"isLast\":true}");

    assertThatThrownBy(() -> read(walked(open(), "issues"), project, null))
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining("issues");
  }

  @Test
  void people_end_with_an_empty_page_and_not_with_a_short_one() throws Exception {
    site.on("users/search", 200, "[{\"accountId\":\"a\"},{\"accountId\":\"b\"}]")
        .on("users/search", 200, "[]");
    var accounts = walked(open(), "accounts");

    var first = read(accounts, Partition.WHOLE, null);

    assertThat(first.records()).hasSize(2);
    assertThat(read(accounts, Partition.WHOLE, first.next()).last()).isTrue();
  }

  @Test
  void a_resolved_issue_without_history_is_asked_for_once_more() throws Exception {
    var history = "{\"id\":\"7\",\"created\":1492070429,\"items\":[{\"field\":\"status\"}]}";
    site.on("field", 200, "[]")
        .on("changelog/bulkfetch", 200, "{\"issueChangeLogs\":[]}")
        .on("issue/bulkfetch", 200, shown("1", "2", "3"))
        .on("issue/1/changelog", 200, "{\"values\":[%s],\"isLast\":true}".formatted(history));
    var changelog = owed(open(), "changelog");
    var batch =
        List.of(new Owed("1", project, "resolved"), new Owed("2", project, "resolved"), debt("3"));

    var bulk = changelog.read(batch, null);
    var one = changelog.read(batch, bulk.next());
    var gone = changelog.read(batch, one.next());

    assertThat(bulk.records()).isEmpty();
    assertThat(bulk.owed()).isEmpty();
    assertThat(one.records()).singleElement().extracting("externalId").isEqualTo("7:0");
    assertThat(gone.owed()).singleElement().extracting("parentId").isEqualTo("2");
    assertThat(gone.last()).isTrue();
  }

  @Test
  void an_issue_that_is_hidden_when_its_history_is_asked_for_still_owes_it() throws Exception {
    site.on("field", 200, "[]")
        .on("changelog/bulkfetch", 200, "{\"issueChangeLogs\":[]}")
        .on("issue/bulkfetch", 200, shown("2"));
    var batch = List.of(new Owed("1", project, "resolved"), debt("2"), debt("3"));

    var page = owed(open(), "changelog").read(batch, null);

    assertThat(page.owed())
        .containsExactly(
            new Page.OwedWork("changelog", WorkItem.class, "1", project, "resolved", false),
            new Page.OwedWork("changelog", WorkItem.class, "3", project, "", false));
    assertThat(page.last()).isTrue();
    assertThat(site.asked()).noneMatch(each -> each.startsWith("issue/1/"));
  }

  @Test
  void an_issue_whose_history_is_refused_costs_no_other_its_own() throws Exception {
    var history = "{\"id\":\"7\",\"created\":1492070429,\"items\":[{\"field\":\"status\"}]}";
    site.on("field", 200, "[]")
        .on("changelog/bulkfetch", 200, "{\"issueChangeLogs\":[]}")
        .on("issue/bulkfetch", 200, shown("1", "2"))
        .on("issue/1/changelog", 403, "{}")
        .on("issue/2/changelog", 200, "{\"values\":[%s],\"isLast\":true}".formatted(history));
    var changelog = owed(open(), "changelog");
    var batch = List.of(new Owed("1", project, "resolved"), new Owed("2", project, "resolved"));

    var refused = changelog.read(batch, changelog.read(batch, null).next());
    var read = changelog.read(batch, refused.next());

    assertThat(refused.owed()).singleElement().extracting("parentId").isEqualTo("1");
    assertThat(refused.unreadable())
        .singleElement()
        .extracting("externalId")
        .isEqualTo("changelog of 1");
    assertThat(read.records()).singleElement().extracting("externalId").isEqualTo("7:0");
  }

  private static String shown(String... issues) {
    return Arrays.stream(issues)
        .map(id -> "{\"id\":\"%s\",\"fields\":{\"project\":{\"id\":\"10000\"}}}".formatted(id))
        .collect(joining(",", "{\"issues\":[", "]}"));
  }

  @Test
  void an_odd_history_is_set_aside_without_the_others() throws Exception {
    site.on("field", 200, "[]");
    site.on(
        "changelog/bulkfetch",
        200,
        """
        {"issueChangeLogs":[{"issueId":"1","changeHistories":[
          {"id":"7","created":"never","items":[{"field":"status"}]},
          {"id":"8","created":1492070429,"items":[{"field":"status"},{"field":"assignee"}]}]}]}
        """);

    var page = owed(open(), "changelog").read(List.of(debt("1")), null);

    assertThat(page.records()).extracting("externalId").containsExactly("8:0", "8:1");
    assertThat(page.unreadable()).singleElement().extracting("externalId").isEqualTo("7");
  }

  @Test
  void an_issue_set_aside_is_not_taken_for_read_because_a_comment_has_its_id() throws Exception {
    var odd = "{\"id\":\"10000\",\"fields\":{}}";
    site.on("field", 200, "[]")
        .on("search/jql", 200, "{\"issues\":[%s,%s]}".formatted(odd, issue()));

    var page = read(walked(open(), "issues"), project, null);

    assertThat(page.records()).extracting("externalId").contains("10000");
    assertThat(page.readable()).containsExactly("10002");
    assertThat(page.unreadable()).singleElement().extracting("externalId").isEqualTo("10000");
  }

  @Test
  void an_address_that_is_too_long_for_an_index_is_named_by_its_hash() {
    var pull = "{\"url\":\"https://code.example/%s\",\"name\":\"a\",\"id\":\"#1\"}";
    var raw =
        """
        {"id":"1","fields":{"updated":"2026-01-01T00:00:00.000+0000"},
          "development":[{"pullRequests":[%s,%s,%s]}]}
        """
            .formatted(
                pull.formatted("short"),
                pull.formatted("x".repeat(5_000)),
                pull.formatted("x".repeat(5_001)));
    var page = Page.servedAt(Instant.EPOCH);

    walked(open(site.url(), Map.of("development", "yes")), "development")
        .map(SourceJson.MAPPER.readTree(raw), project, page);

    var ids = page.last().records().stream().map(SourceRecord::externalId).toList();
    assertThat(ids).hasSize(3).doesNotHaveDuplicates().allMatch(id -> id.length() < 500);
    assertThat(ids.getFirst()).isEqualTo("dev_status:1:https://code.example/short");
  }

  @Test
  void what_issues_of_a_hidden_project_owe_costs_no_requests() throws Exception {
    site.on("project/search", 200, "{\"values\":[],\"isLast\":true,\"total\":0}");
    var stages = open().stages();
    read((WalkedStream) stages.getFirst().getFirst(), Partition.WHOLE, null);

    for (var name : List.of("changelog", "comments", "worklogs")) {
      var stream =
          stages.stream()
              .flatMap(List::stream)
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow();

      var page = ((OwedStream) stream).read(List.of(debt("1")), null);

      assertThat(page.owed()).as(name).hasSize(1);
    }
    assertThat(site.asked()).allMatch(each -> each.startsWith("project/search"));
  }

  @Test
  void a_look_back_goes_on_as_it_began() throws Exception {
    var lookBack = walked(open(), "issues_look_back");
    var scope = List.of(new ScopeElement("10000", "site", "ED", "ED", Map.of()));
    var open = new WalkedStream.Reached(null, "1700000000000:10000", null, true);

    var walks = lookBack.plan(new Planning(scope, Map.of("*", open), Instant.now()));

    assertThat(walks).singleElement().extracting("mark").isEqualTo("1700000000000:10000");
  }
}
