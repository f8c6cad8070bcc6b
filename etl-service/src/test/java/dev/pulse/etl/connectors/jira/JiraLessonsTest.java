package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other extractors of Jira have got wrong: see docs/architecture/lessons.md. */
class JiraLessonsTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }

  @BeforeEach
  void everything_is_read() {
    proxy();
    sync();
  }

  /** As long as the index lags, the walk of the issues goes past what it does not show. */
  @Test
  void what_the_search_shows_hours_late_is_found_by_looking_back() {
    source.change(20);
    query(
        """
        update checkpoint
           set watermark = now() + interval '20 minutes', completed_at = now() + interval '20 minutes'
         where connection_id = ? and stream = 'issues'
        """);
    sync();
    assertThat(
            texts(
                """
                select sum(updated)::text
                from run_stream
                where stream = 'issues' and run_id = (select max(id) from run where job_id = ?)
                """))
        .containsExactly("0");
    query(
        "update checkpoint set completed_at = completed_at - interval '7 hours'"
            + " where connection_id = ? and stream = 'issues_look_back'");

    sync();

    assertEqualToWorld();
  }

  /** The account is in New York, this process in Kolkata, the site's clock in UTC. */
  @Test
  void no_search_speaks_of_time_but_in_milliseconds() {
    proxy().forget();
    source.change(20);
    sync();

    var searches = searches();

    assertThat(searches).isNotEmpty();
    assertThat(searches)
        .allSatisfy(
            search ->
                assertThat(search.path("jql").asString())
                    .doesNotContain("\"", "'", "/", "<", "startOf", "now()")
                    .doesNotContainPattern("updated >= \\d{1,12}(\\D|$)"));
    assertEqualToWorld();
  }

  @Test
  void each_search_is_bounded_names_its_fields_and_sends_no_empty_token() {
    proxy().forget();
    disconnect();
    sync();

    assertThat(searches())
        .isNotEmpty()
        .allSatisfy(
            search -> {
              assertThat(search.path("jql").asString()).contains("project in (");
              assertThat(search.path("fields").size()).isPositive();
              assertThat(!search.has("nextPageToken") || search.get("nextPageToken").isString())
                  .isTrue();
            });
  }

  @Test
  void an_issue_that_moved_to_another_project_is_the_same_row() {
    var world = simulator.world();
    world.moveIssue(0, 1);

    sync();

    assertThat(
            texts(
                "select key || ' ' || project_id from work_item where connection_id = ? and"
                    + " external_id = '10000'"))
        .containsExactly(world.issue(0).key() + " " + world.projects().get(1).id());
    assertThat(texts("select external_id from work_item where connection_id = ?"))
        .hasSize(source.count());
    assertEqualToWorld();
  }

  private List<JsonNode> searches() {
    return proxy().asked().stream()
        .filter(asked -> asked.path().endsWith("/search/jql"))
        .map(asked -> JsonMapper.shared().readTree(asked.body()))
        .toList();
  }

  private void query(String sql) {
    assertThat(jdbc.sql(sql).param(connection).update()).isPositive();
  }
}
