package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.records.AccountSighting;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItemChange;
import dev.pulse.etl.connectors.records.Worklog;
import dev.pulse.etl.platform.json.SourceJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The streams against the examples of the vendor's own description of the API. Its file is not part
 * of the project: PULSE_CONTRACTS names the directory that holds it as {@code jira/…json}.
 */
@EnabledIfEnvironmentVariable(named = "PULSE_CONTRACTS", matches = ".+")
class JiraSpecificationTest extends ScriptedSiteTest {

  private static final String FILE = "jira/jira-cloud-platform-v3.trimmed.json";

  @ParameterizedTest
  @CsvSource({
    "projects, project/search, 2",
    "fields, field, 2",
    "work_item_types, issuetype, 2",
    "work_statuses, status, 2",
    "accounts, users/search, 2",
  })
  void the_examples_of_the_lists_are_read_whole(String stream, String path, int rows)
      throws Exception {
    site.on(path, 200, example(path, "get").toString());

    var page = read(walked(open(), stream), Partition.WHOLE, null);

    assertThat(page.records()).hasSize(rows);
    assertThat(page.unreadable()).isEmpty();
  }

  @Test
  void the_example_of_the_histories_has_its_time_in_seconds() throws Exception {
    site.on("field", 200, "[]")
        .on("changelog/bulkfetch", 200, example("changelog/bulkfetch", "post").toString());

    var page = owed(open(), "changelog").read(List.of(debt("10100")), null);

    assertThat(page.unreadable()).isEmpty();
    assertThat(changes(page))
        .hasSizeGreaterThan(1)
        .allSatisfy(
            each ->
                assertThat(each.changedAt())
                    .isBetween("2017-01-01T00:00:00Z", "2018-01-01T00:00:00Z"));
    assertThat(page.records()).hasAtLeastOneElementOfType(AccountSighting.class);
  }

  @Test
  void the_example_of_one_history_is_read_too() throws Exception {
    var history = example("issue/{issueIdOrKey}/changelog", "get").path("values").path(0);
    site.on("field", 200, "[]")
        .on("changelog/bulkfetch", 200, "{\"issueChangeLogs\":[]}")
        .on("issue/bulkfetch", 200, "{\"issues\":[{\"id\":\"1\"}]}")
        .on("issue/1/changelog", 200, "{\"values\":[%s],\"isLast\":true}".formatted(history));
    var changelog = owed(open(), "changelog");
    var batch = List.of(new Owed("1", project, "resolved"));

    var page = changelog.read(batch, changelog.read(batch, null).next());

    assertThat(changes(page)).first().extracting("externalId").isEqualTo("10001:0");
    assertThat(page.unreadable()).isEmpty();
  }

  @Test
  void the_example_of_the_comments_is_read_whole() throws Exception {
    site.on("issue/1/comment", 200, example("issue/{issueIdOrKey}/comment", "get").toString());

    var page = owed(open(), "comments").read(List.of(debt("1")), null);

    assertThat(page.records()).extracting(SourceRecord::externalId).contains("10000");
    assertThat(page.childLists()).hasSize(1);
  }

  @Test
  void the_example_of_work_logged_is_read_whole() throws Exception {
    site.on("issue/1/worklog", 200, example("issue/{issueIdOrKey}/worklog", "get").toString());

    var page = owed(open(), "worklogs").read(List.of(debt("1")), null);

    assertThat(page.records()).hasAtLeastOneElementOfType(Worklog.class);
    assertThat(page.unreadable()).isEmpty();
    assertThat(page.childLists()).hasSize(1);
  }

  @Test
  void the_examples_of_changed_and_deleted_work_are_read_one_after_the_other() throws Exception {
    site.on("worklog/updated", 200, example("worklog/updated", "get").toString())
        .on("worklog/list", 200, example("worklog/list", "post").toString())
        .on(
            "issue/bulkfetch",
            200,
            "{\"issues\":[{\"id\":\"10002\",\"fields\":{\"project\":{\"id\":\"10000\"}}}]}")
        .on("worklog/deleted", 200, example("worklog/deleted", "get").toString());
    var changes = walked(open(), "worklog_changes");
    var scope = List.of(new ScopeElement("10000", "site", "ED", "ED", Map.of()));
    changes.plan(new Planning(scope, Map.of(), Instant.now()));

    var updated = read(changes, Partition.WHOLE, null);
    var deleted = read(changes, Partition.WHOLE, updated.next());

    assertThat(updated.records()).hasAtLeastOneElementOfType(Worklog.class);
    assertThat(deleted.deleted())
        .extracting(Page.Deleted::externalId)
        .containsExactly("103", "104", "105");
    assertThat(deleted.last()).isTrue();
  }

  @Test
  void the_example_of_the_versions_is_read_whole() throws Exception {
    site.on(
        "project/10000/versions",
        200,
        example("project/{projectIdOrKey}/versions", "get").toString());

    var page = read(walked(open(), "versions"), project, null);

    assertThat(page.records()).isNotEmpty();
    assertThat(page.unreadable()).isEmpty();
    assertThat(page.childLists()).hasSize(1);
  }

  /** Its fields are in part of an older form: what is required is missing, and named. */
  @Test
  void the_example_of_a_search_is_set_aside_with_a_reason_that_names_the_field() throws Exception {
    site.on("field", 200, "[]")
        .on("search/jql", 200, example("search/jql", "post").toString())
        .on("search/approximate-count", 200, "{\"count\":153}");

    var page = read(walked(open(), "issues"), project, null);

    assertThat(page.total()).isEqualTo(153);
    assertThat(page.records().size() + page.unreadable().size()).isPositive();
    assertThat(page.unreadable())
        .allSatisfy(each -> assertThat(each.reason()).matches("[a-z.]+: [a-z ,]+"));
  }

  private static List<WorkItemChange> changes(Page page) {
    return page.records().stream()
        .filter(WorkItemChange.class::isInstance)
        .map(WorkItemChange.class::cast)
        .toList();
  }

  private static JsonNode example(String path, String method) throws Exception {
    var file = Path.of(System.getenv("PULSE_CONTRACTS"), FILE);
    var content =
        SourceJson.MAPPER
            .readTree(Files.readAllBytes(file))
            .path("paths")
            .path("/rest/api/3/" + path)
            .path(method)
            .path("responses")
            .path("200")
            .path("content")
            .path("application/json");
    var example = content.path("example");
    return example.isString() ? SourceJson.MAPPER.readTree(example.asString()) : example;
  }
}
