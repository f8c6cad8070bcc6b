package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Issues that are deleted, hidden, or only seem to be. Each run counts. */
@TestPropertySource(properties = "pulse.ingest.census-every=0s")
class JiraCensusTest extends ConnectorFixture {

  private static final int PROJECTS = 3;

  /** Of the first project, and never in a sprint. */
  private static final int MOVED = 3;

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
  void deleted_issues_are_marked_with_all_that_belongs_to_them() {
    simulator.world().deleteIssue(5);
    simulator.world().deleteIssue(30);

    sync();

    assertThat(gone()).containsExactlyInAnyOrder("10005 NOT_VISIBLE", "10030 NOT_VISIBLE");
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
    assertThat(counter("deleted")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void what_was_counted_in_each_project_is_shown_beside_what_is_stored() {
    simulator.world().deleteIssue(5);

    sync();

    var coverage = api("GET", "jobs/" + connection + "/coverage", "").json();
    var counts =
        coverage
            .path("items")
            .valueStream()
            .flatMap(each -> each.path("counts").valueStream())
            .filter(each -> each.path("record").asString().equals("work_item"))
            .toList();
    assertThat(counts)
        .hasSize(source.elements().size())
        .allSatisfy(
            count ->
                assertThat(count.path("stored").asLong())
                    .isEqualTo(count.path("atSource").asLong()));
    assertThat(counts.stream().mapToLong(each -> each.path("atSource").asLong()).sum())
        .isEqualTo(source.count() - 1);
    assertThat(coverage.path("uncounted").valueStream().map(JsonNode::asString))
        .as("stored, and told no count of")
        .contains("comment", "release", "work_item_change")
        .doesNotContain("work_item", "pull_request");
  }

  @Test
  void what_is_gone_stays_gone_without_being_written_again() {
    simulator.world().deleteIssue(5);
    sync();

    sync();

    assertThat(counter("deleted")).isZero();
    assertThat(gone()).containsExactly("10005 NOT_VISIBLE");
  }

  @Test
  void a_list_that_breaks_off_makes_nothing_vanish() {
    simulator
        .faults()
        .add(Fault.of(Kind.STATUS, "jira").on("search/jql").matching("\"id\"]").number(403));

    sync();

    assertThat(gone()).isEmpty();
  }

  @Test
  void an_issue_that_the_list_left_out_is_asked_for_before_it_counts_as_gone() {
    changing(
        records -> {
          int before = records.size();
          for (int i = before - 1; i >= 0; i--) {
            if (records.get(i).path("id").asString("").equals("10007")) records.remove(i);
          }
          return records.size() < before;
        });

    sync();

    assertThat(gone()).isEmpty();
    assertThat(simulator.requests().counts()).containsKey("jira issue/bulkfetch");
  }

  @Test
  void an_issue_that_moved_out_of_the_scope_is_gone() {
    scope("{\"include\":[\"%s\",\"%s\"]}".formatted(key(0), key(1)));
    sync();

    simulator.world().moveIssue(MOVED, 2);
    sync();

    assertThat(gone()).containsExactly("%d NOT_VISIBLE".formatted(10_000 + MOVED));
  }

  @Test
  void an_issue_that_moved_within_the_scope_is_read_again_though_no_search_told_of_it() {
    simulator.jira().indexLag(Duration.ofDays(1));
    simulator.world().moveIssue(MOVED, 2);

    sync();

    assertThat(gone()).isEmpty();
    assertThat(
            texts(
                "select key || ' ' || project_id from work_item where connection_id = ? and"
                    + " external_id = '%d'".formatted(10_000 + MOVED)))
        .containsExactly(
            simulator.world().issue(MOVED).key() + " " + simulator.world().projects().get(2).id());
    sync();
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
  }

  @Test
  void an_issue_that_moved_out_of_the_scope_and_back_is_there_again() {
    scope("{\"include\":[\"%s\",\"%s\"]}".formatted(key(0), key(1)));
    sync();
    simulator.world().moveIssue(MOVED, 2);
    sync();

    simulator.world().moveIssue(MOVED, 1);
    sync();

    assertThat(gone()).isEmpty();
  }

  private String key(int project) {
    return simulator.world().projects().get(project).key();
  }

  private void scope(String json) {
    assertThat(api("PUT", "connections/" + connection + "/scope", json).status()).isEqualTo(200);
  }

  @Test
  void many_issues_that_vanish_at_once_wait_for_an_operator() {
    deleteSixty();

    sync();

    assertThat(gone()).isEmpty();
    assertThat(events()).contains("HELD", "60 records");
    assertThat(vanished()).isEqualTo(60);

    decide("approve");
    sync();

    assertThat(gone()).hasSize(60);
    assertThat(vanished()).isZero();
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
  }

  @Test
  void a_rejected_suspicion_marks_nothing_and_is_raised_again() {
    deleteSixty();
    sync();

    decide("reject");

    assertThat(vanished()).isZero();
    sync();
    assertThat(gone()).isEmpty();
    assertThat(vanished()).isEqualTo(60);
  }

  @Test
  void a_hidden_project_is_reported_and_its_issues_stay() {
    simulator.world().visibility().hideProject(0, true);

    sync();

    assertThat(gone()).isEmpty();
    assertThat(vanished()).isZero();
  }

  @Test
  void boards_sprints_and_versions_that_were_deleted_are_gone() {
    var planning = simulator.world().planning();
    var project = simulator.world().projects().getFirst();
    planning.deleteBoard(simulator.world().projects().get(1));
    planning.deleteSprint(simulator.world().sprints(project).getLast().id());
    planning.deleteVersion(planning.versions(project).getFirst().id());
    everyHour();

    sync();

    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
    assertThat(goneOf("board")).containsExactly("NOT_VISIBLE");
    assertThat(goneOf("sprint")).containsExactly("NOT_VISIBLE");
    assertThat(goneOf("release")).containsExactly("DELETED");
  }

  @Test
  void boards_of_a_list_that_ends_too_early_stay() {
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!asked.path().contains("agile/1.0/board?")) return answer;
              var json = (ObjectNode) answer.json();
              ((ArrayNode) json.path("values")).remove(0);
              return answer.with(json);
            });

    start();
    awaitEnd("FAILED");

    assertThat(goneOf("board")).isEmpty();
  }

  @Test
  void a_board_that_the_list_left_out_is_asked_for_before_it_counts_as_gone() {
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!asked.path().contains("agile/1.0/board?")) return answer;
              var json = (ObjectNode) answer.json();
              ((ArrayNode) json.path("values")).remove(0);
              json.remove("total");
              return answer.with(json);
            });

    sync();

    assertThat(goneOf("board")).isEmpty();
    assertThat(simulator.requests().counts()).containsKey("jira board/id");
  }

  /** Versions are read again at once. */
  private void everyHour() {
    jdbc.sql(
            "update checkpoint set completed_at = completed_at - interval '1 day' where stream ="
                + " 'versions'")
        .update();
  }

  private List<String> goneOf(String table) {
    return texts(
        "select gone_reason from %s where connection_id = ? and deleted_at is not null"
            .formatted(table));
  }

  private void deleteSixty() {
    IntStream.range(0, 60).map(i -> i * PROJECTS).forEach(simulator.world()::deleteIssue);
  }

  private void decide(String how) {
    long last = jdbc.sql("select max(id) from vanished").query(Long.class).single();
    var seen = "{\"stream\":\"issue_census\",\"upTo\":%d,\"rows\":60}".formatted(last);
    var body = how.equals("approve") ? seen : "";
    var decided = api("POST", "jobs/" + connection + "/vanished/" + how, body);
    assertThat(decided.json().path("rows").asInt()).isEqualTo(60);
  }

  private int vanished() {
    return api("GET", "jobs/" + connection + "/vanished?limit=200", "").json().path("items").size();
  }

  private String events() {
    return api("GET", "runs/" + job().path("runId").asLong() + "/events", "").json().toString();
  }

  private List<String> gone() {
    return texts(
        "select external_id || ' ' || gone_reason from work_item where connection_id = ? and"
            + " deleted_at is not null");
  }
}
