package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is hidden from the token for a while. Each run counts. */
@TestPropertySource(properties = "pulse.ingest.census-every=0s")
class JiraHiddenTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }

  @BeforeEach
  void everything_is_read() {
    proxy();
    sync();
  }

  @Test
  void issues_that_were_hidden_are_back_with_their_histories_when_they_are_shown_again() {
    hiding("10007", "10008");
    sync();
    assertThat(gone()).containsExactlyInAnyOrder("10007 NOT_VISIBLE", "10008 NOT_VISIBLE");

    proxy().answer((asked, from) -> from.answer(asked));
    sync();

    assertThat(gone()).isEmpty();
    sync(); // what belongs to them is owed since, as to every issue that is written
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
    assertThat(texts("select parent_id from owed where connection_id = ?")).isEmpty();
  }

  @Test
  void an_issue_that_no_search_showed_before_is_read_when_the_census_shows_it() {
    jdbc.sql("delete from work_item where external_id = '10007'").update();
    jdbc.sql("update stored_rows set live = live - 1 where stream = 'issues' and live > 0")
        .update();

    sync();
    sync();

    assertEqualToWorld();
  }

  @Test
  void a_list_of_no_one_project_that_may_not_be_read_is_told_until_it_may() {
    simulator.faults().add(Fault.of(Kind.STATUS, "jira").on("users/search").number(403));
    sync();
    assertThat(refusedStreams()).containsExactly("accounts");

    simulator.faults().clear();
    sync();

    assertThat(refusedStreams()).isEmpty();
  }

  /** What was deleted meanwhile is told by these lists alone, once. */
  @Test
  void work_that_could_not_be_read_for_a_while_is_asked_for_from_where_it_was_read_to() {
    jdbc.sql(
            "update checkpoint set completed_at = completed_at - interval '1 day' where"
                + " connection_id = ? and stream = 'worklog_changes'")
        .param(connection)
        .update();
    var read =
        jdbc.sql(
                "select completed_at from checkpoint where connection_id = ? and stream ="
                    + " 'worklog_changes'")
            .param(connection)
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    simulator.faults().add(Fault.of(Kind.STATUS, "jira").on("worklog/updated").number(403));
    sync();
    assertThat(refusedStreams()).containsExactly("worklog_changes");
    simulator.faults().clear();
    int before = proxy().asked().size();

    sync();

    var asked = proxy().asked();
    assertThat(asked.subList(before, asked.size()))
        .filteredOn(each -> each.path().contains("/worklog/"))
        .filteredOn(each -> each.path().contains("since="))
        .allSatisfy(each -> assertThat(since(each.path())).isBeforeOrEqualTo(read))
        .hasSize(2);
  }

  private static Instant since(String path) {
    return Instant.ofEpochMilli(Long.parseLong(path.replaceFirst(".*since=(\\d+).*", "$1")));
  }

  private void hiding(String... ids) {
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!answer.isJson() || !(answer.json() instanceof ObjectNode json)) return answer;
              if (!(json.path("issues") instanceof ArrayNode issues)) return answer;
              for (int i = issues.size() - 1; i >= 0; i--) {
                if (List.of(ids).contains(issues.get(i).path("id").asString(""))) issues.remove(i);
              }
              return answer.with(json);
            });
  }

  private List<String> refusedStreams() {
    return api("GET", "jobs/" + connection + "/coverage", "")
        .json()
        .path("streams")
        .valueStream()
        .map(each -> each.path("stream").asString())
        .toList();
  }

  private List<String> gone() {
    return texts(
        "select external_id || ' ' || gone_reason from work_item where connection_id = ? and"
            + " deleted_at is not null");
  }
}
