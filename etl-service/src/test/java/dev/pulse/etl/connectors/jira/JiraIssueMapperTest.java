package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.AccountSighting;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JiraIssueMapperTest {

  /** As a search returns it, with the fields that teams have. */
  static final String ISSUE =
      """
      {"expand":"","id":"10002","key":"ED-1","self":"https://your-domain.example/rest/api/3/issue/10002",
       "fields":{
         "summary":"Main order flow broken","labels":["checkout","p1"],
         "project":{"id":"10000","key":"ED"},"issuetype":{"id":"3"},"parent":{"id":"10001","key":"ED-0"},
         "status":{"id":"10001","statusCategory":{"key":"done"}},"priority":{"id":"1","name":"High"},
         "resolution":{"id":"1","name":"Done"},"resolutiondate":"2021-03-29T16:06:08.713+0800",
         "created":"2021-03-28T16:06:08.713+0800","updated":"2021-03-30T16:06:08.713+0800",
         "duedate":"2021-04-01","assignee":null,"customfield_10016":5.5,
         "creator":{"accountId":"5c","displayName":"Robo","accountType":"app","avatarUrls":{"16x16":"https://a"}},
         "reporter":{"accountId":"5b","displayName":"Mia Krystof","emailAddress":"mia@example.com"},
         "customfield_10030":[{"self":"https://x","id":"1","value":"S1"}],"customfield_10031":null,
         "description":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Broken"}]}]},
         "comment":{"comments":[{"id":"10000","author":{"accountId":"5b"},
           "body":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Seen"}]}]},
           "created":"2021-03-28T17:06:08.713+0800","updated":"2021-03-28T17:06:08.713+0800"}],
           "total":1,"maxResults":20,"startAt":0}}}
      """;

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void an_issue_becomes_a_work_item_its_comments_and_the_people_in_it() {
    var page = map(issue());

    assertThat(page.records())
        .contains(
            new WorkItem(
                "issue",
                "10002",
                "ED-1",
                "10000",
                "3",
                "10001",
                "Main order flow broken",
                "Broken",
                "High",
                "Done",
                null,
                "5b",
                "10001",
                "[\"checkout\",\"p1\"]",
                5.5,
                Instant.parse("2021-03-28T08:06:08.713Z"),
                Instant.parse("2021-03-30T08:06:08.713Z"),
                Instant.parse("2021-03-29T08:06:08.713Z"),
                "2021-04-01",
                "https://site.example/browse/ED-1",
                "{\"customfield_10016\":5.5,\"creator\":{\"accountId\":\"5c\"},"
                    + "\"customfield_10030\":[{\"id\":\"1\",\"value\":\"S1\"}]}",
                null),
            new AccountSighting("5b", null, "Mia Krystof", "USER"),
            new AccountSighting("5c", null, "Robo", "APP"));
    assertThat(page.records()).hasAtLeastOneElementOfType(Comment.class);
    assertThat(page.childLists())
        .containsExactly(new Page.ChildList(Comment.class, WorkItem.class, "10002"));
    assertThat(page.owed())
        .containsExactly(
            new Page.OwedWork(
                JiraChangelog.NAME, WorkItem.class, "10002", Partition.WHOLE, "resolved", true));
    assertThat(page.newest()).isEqualTo("2021-03-30T08:06:08.713Z");
  }

  @Test
  void comments_that_a_search_cut_off_are_owed_and_none_is_taken_for_deleted() {
    var issue = issue();
    ((ObjectNode) issue.path("fields").path("comment")).put("total", 41);

    var page = map(issue);

    assertThat(page.owed())
        .extracting(Page.OwedWork::stream)
        .contains(JiraChildren.COMMENTS.list());
    assertThat(page.childLists()).isEmpty();
  }

  @Test
  void an_odd_comment_does_not_take_its_issue_with_it() {
    var issue = issue();
    var comments = issue.path("fields").path("comment").path("comments");
    ((ObjectNode) comments.path(0)).put("created", "long ago");

    var page = map(issue);

    assertThat(page.records()).hasAtLeastOneElementOfType(WorkItem.class);
    assertThat(page.owed())
        .extracting(Page.OwedWork::stream)
        .contains(JiraChildren.COMMENTS.list());
    assertThat(page.childLists()).isEmpty();
  }

  @Test
  void an_issue_of_which_nothing_optional_is_left_is_still_an_issue() {
    var page =
        map(
            SourceJson.MAPPER.readTree(
                """
                {"id":1,"key":"A-1","fields":{"summary":"","project":{"id":2},"labels":7,"parent":[],
                  "customfield_10016":"five","status":"open","novelty":{"of":"2030"},
                  "created":"2021-03-28T16:06:08.713+0800","updated":"2021-03-28T16:06:08.713+0800"}}
                """));

    assertThat(page.records()).singleElement().extracting("externalId").isEqualTo("1");
    assertThat(page.owed()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/id, id",
    "/key, key",
    "/fields/summary, summary",
    "/fields/project/id, project.id",
    "/fields/created, created",
    "/fields/updated, updated",
    "/fields/project, project.id",
  })
  void without_what_is_required_the_reason_names_the_field(String pointer, String name) {
    var issue = issue();
    int slash = pointer.lastIndexOf('/');
    var parent = issue.at(pointer.substring(0, slash));
    ((ObjectNode) parent).putObject(pointer.substring(slash + 1)).put("secret", "contents");

    assertThatThrownBy(() -> map(issue))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageStartingWith(name + ": ")
        .hasMessageNotContaining("contents");
  }

  static JsonNode issue() {
    return SourceJson.MAPPER.readTree(ISSUE);
  }

  static Page map(JsonNode issue) {
    var page = Page.servedAt(NOW);
    new JiraIssueMapper(
            key -> "https://site.example/browse/" + key,
            new JiraFieldNames.Names(List.of(), List.of("customfield_10016"), null, null, null))
        .map(issue, Partition.WHOLE, page);
    return page.last();
  }
}
