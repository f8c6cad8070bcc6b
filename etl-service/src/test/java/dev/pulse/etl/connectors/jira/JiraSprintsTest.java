package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.connectors.records.SprintItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What boards answer, and what the history of a Sprint field says. */
class JiraSprintsTest extends ScriptedSiteTest {

  private static final String FIELD =
      """
      [{"id":"cf1","name":"Sprint","schema":{"type":"array","custom":"com.pyxis.greenhopper.jira:gh-sprint"}}]
      """;

  @Test
  void a_board_that_does_not_support_sprints_is_normal() throws Exception {
    site.on(
            "/rest/agile/1.0/board",
            200,
            "{\"isLast\":true,\"values\":[{\"id\":1,\"name\":\"B\",\"type\":\"simple\"}]}")
        .on(
            "/rest/agile/1.0/board/1/sprint",
            400,
            "{\"errorMessages\":[\"The board does not support sprints\"]}");
    var boards = walked(open(), "boards");

    var first = read(boards, Partition.WHOLE, null);
    var second = read(boards, Partition.WHOLE, first.next());

    assertThat(first.records()).hasSize(1);
    assertThat(second.records()).isEmpty();
    assertThat(second.last()).isTrue();
  }

  @Test
  void a_token_without_the_scope_for_boards_does_not_end_the_run() {
    site.on("/rest/agile/1.0/board", 401, "{\"message\":\"scope does not match\"}");
    var boards = walked(open(), "boards");

    assertThat(boards.required()).isFalse();
    assertThatThrownBy(() -> read(boards, Partition.WHOLE, null)).isInstanceOf(AccessDenied.class);
  }

  @Test
  void an_issue_taken_out_of_a_sprint_and_put_back_was_in_it_twice() throws Exception {
    var page = page("5", change(1_000, "5", ""), change(2_000, "", "5"));

    assertThat(stays(page))
        .containsExactly(
            new SprintItem("1:5:start", "5", "1", null, Instant.ofEpochSecond(1_000)),
            new SprintItem("1:5:2000000", "5", "1", Instant.ofEpochSecond(2_000), null));
  }

  @Test
  void an_issue_made_in_its_sprint_is_in_it_without_any_history() throws Exception {
    assertThat(stays(page("5"))).containsExactly(new SprintItem("1:5:start", "5", "1", null, null));
  }

  @Test
  void sprints_that_data_center_prints_are_known_by_their_ids() {
    var field =
        SourceJson.MAPPER.readTree(
            """
            ["com.atlassian.greenhopper.service.sprint.Sprint@1f[id=7,rapidViewId=3,state=ACTIVE,name=A]",
             "com.atlassian.greenhopper.service.sprint.Sprint@2f[rapidViewId=3,id=8,name=x,id]"]
            """);

    assertThat(JiraSprintItems.ids(field)).isEqualTo("7,8");
  }

  @Test
  void a_sprint_left_after_the_search_is_not_entered_again() throws Exception {
    assertThat(stays(page("5", change(1_000, "5", "")))).hasSize(1);
  }

  @Test
  void a_history_that_was_left_out_takes_nothing_away() throws Exception {
    assertThat(page("5").childLists()).isEmpty();
  }

  @Test
  void a_history_is_the_whole_of_it() throws Exception {
    site.on("field", 200, FIELD)
        .on(
            "changelog/bulkfetch",
            200,
            histories("\"nextPageToken\":\"t\",", change(1_000, "5", "")))
        .on("changelog/bulkfetch", 200, histories("", change(2_000, "", "5")));
    var changelog = owed(open(), "changelog");
    var batch = List.of(new Owed("1", project, " 5"));

    var first = changelog.read(batch, null);
    var last = changelog.read(batch, first.next());

    assertThat(stays(first)).isEmpty();
    assertThat(stays(last))
        .containsExactly(
            new SprintItem("1:5:start", "5", "1", null, Instant.ofEpochSecond(1_000)),
            new SprintItem("1:5:2000000", "5", "1", Instant.ofEpochSecond(2_000), null));
    assertThat(first.childLists()).isEmpty();
    assertThat(last.childLists()).contains(new ChildList(SprintItem.class, "1"));
    assertThat(site.asked())
        .filteredOn(each -> each.contains("changelog"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).startsWith("changelog/bulkfetch "));
  }

  @Test
  void closed_sprints_are_asked_for_once_a_day_and_one_that_was_just_closed_by_itself()
      throws Exception {
    var board = "{\"id\":1,\"name\":\"B\",\"type\":\"scrum\"}";
    var open = "{\"id\":7,\"name\":\"S\",\"state\":\"active\"}";
    site.on("/rest/agile/1.0/board", 200, "{\"isLast\":true,\"values\":[%s]}".formatted(board))
        .on(
            "/rest/agile/1.0/board/1/sprint",
            200,
            "{\"isLast\":true,\"values\":[%s]}".formatted(open))
        .on("/rest/agile/1.0/board/1/sprint", 200, "{\"isLast\":true,\"values\":[]}")
        .on("/rest/agile/1.0/sprint/7", 200, open.replace("active", "closed"));
    var boards = walked(open(), "boards");
    var noon = Instant.parse("2026-01-01T12:00:00Z");

    var first = walk(boards, Reached.NOWHERE, noon);
    var reached = new Reached(null, first.getLast().mark(), noon, false);
    var second = walk(boards, reached, noon.plusSeconds(3_601));

    assertThat(first).hasSize(2);
    assertThat(second).hasSize(3);
    assertThat(second.getLast().records())
        .singleElement()
        .extracting("externalId", "state")
        .containsExactly("7", "CLOSED");
    var later = new Reached(null, second.getLast().mark(), noon, false);
    assertThat(walk(boards, later, noon.plusSeconds(86_401))).hasSize(2);
    assertThat(site.queries().stream().filter(each -> each.contains("state=")).toList()).hasSize(1);
  }

  private static List<Page> walk(WalkedStream stream, Reached reached, Instant now)
      throws InterruptedException {
    var scope = List.of(new ScopeElement("10000", "site", "ED", "ED", Map.of()));
    var planned = stream.plan(new Planning(scope, Map.of("", reached), now)).getFirst();
    var pages = new ArrayList<Page>();
    do {
      var at = pages.isEmpty() ? null : pages.getLast().next();
      pages.add(read(stream, planned.partition(), at));
    } while (!pages.getLast().last());
    return pages;
  }

  private static List<SprintItem> stays(Page page) {
    return page.records().stream()
        .filter(SprintItem.class::isInstance)
        .map(SprintItem.class::cast)
        .toList();
  }

  private Page page(String now, String... changes) throws Exception {
    site.on("field", 200, FIELD).on("changelog/bulkfetch", 200, histories("", changes));
    return owed(open(), "changelog").read(List.of(new Owed("1", project, " " + now)), null);
  }

  private static String histories(String token, String... changes) {
    return "{%s\"issueChangeLogs\":[{\"issueId\":\"1\",\"changeHistories\":[%s]}]}"
        .formatted(token, String.join(",", changes));
  }

  private static String change(long second, String from, String to) {
    return "{\"id\":\"%d\",\"created\":%d,\"items\":[{\"field\":\"Sprint\",\"fieldId\":\"cf1\",\"from\":\"%s\",\"to\":\"%s\"}]}"
        .formatted(second, second, from, to);
  }
}
