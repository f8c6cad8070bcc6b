package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.world.Plan.Kind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plans that are deleted, hidden, or only seem to be. Each run counts. */
@TestPropertySource(properties = "pulse.ingest.census-every=0s")
class AhaCensusTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedAha(simulator);
  }

  /** Nobody tells what was deleted: it has to be found. */
  @BeforeEach
  void everything_is_read() {
    simulator.faults().add(Fault.of(Fault.Kind.FORBIDDEN, "aha").on("audits"));
    proxy();
    sync();
  }

  @Test
  void deleted_plans_of_any_kind_are_marked_with_all_that_belongs_to_them() {
    var roadmap = simulator.world().roadmap();
    for (var kind : TestedAha.ITEMS) roadmap.delete(kind, 1);

    sync();

    assertThat(gone())
        .containsExactlyInAnyOrderElementsOf(
            TestedAha.ITEMS.stream()
                .map(kind -> roadmap.plan(kind, 1).id() + " NOT_VISIBLE")
                .toList());
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
  }

  @Test
  void a_list_that_breaks_off_makes_nothing_vanish() {
    simulator.world().roadmap().delete(Kind.FEATURE, 1);
    simulator.faults().add(Fault.of(Fault.Kind.STATUS, "aha").on("products/features").number(403));

    sync();

    assertThat(gone()).isEmpty();
  }

  @Test
  void a_kind_that_the_account_does_not_have_hides_nothing_that_is_gone_of_the_others() {
    var roadmap = simulator.world().roadmap();
    roadmap.delete(Kind.FEATURE, 1);
    roadmap.delete(Kind.GOAL, 1);
    simulator.faults().add(Fault.of(Fault.Kind.FORBIDDEN, "aha").on("goals"));
    simulator.requests().reset();

    sync();

    assertThat(gone()).containsExactly(roadmap.plan(Kind.FEATURE, 1).id() + " NOT_VISIBLE");
    assertThat(simulator.requests().counts())
        .as("refused once, not for each workspace")
        .containsEntry("aha goals", 1L)
        .doesNotContainKey("aha products/goals");
    var coverage = api("GET", "jobs/" + connection + "/coverage", "").json();
    assertThat(coverage.path("streams").valueStream().map(each -> each.path("stream").asString()))
        .contains("goals", "goal_census");
  }

  @Test
  void what_was_counted_of_each_kind_is_shown_beside_what_is_stored() {
    simulator.world().roadmap().delete(Kind.FEATURE, 1);

    sync();

    var counts =
        api("GET", "jobs/" + connection + "/coverage", "")
            .json()
            .path("items")
            .valueStream()
            .flatMap(each -> each.path("counts").valueStream())
            .toList();
    assertThat(counts)
        .hasSize(TestedAha.ITEMS.size() * source.elements().size())
        .allSatisfy(
            each ->
                assertThat(each.path("stored").asLong()).isEqualTo(each.path("atSource").asLong()));
    assertThat(counts.stream().map(each -> each.path("kind").asString()))
        .contains("feature", "idea", "epic", "initiative", "goal");
    assertThat(counts.stream().mapToLong(each -> each.path("atSource").asLong()).sum())
        .isEqualTo(source.count() - 1);
  }

  @Test
  void a_plan_that_the_list_left_out_is_asked_for_before_it_counts_as_gone() {
    var left = Long.toString(simulator.world().roadmap().plan(Kind.FEATURE, 7).id());
    changing(
        records -> {
          int before = records.size();
          for (int i = before - 1; i >= 0; i--) {
            if (records.get(i).path("id").asString("").equals(left)) records.remove(i);
          }
          return records.size() < before;
        });

    sync();

    assertThat(gone()).isEmpty();
    assertThat(simulator.requests().counts()).containsKey("aha features/one");
  }

  @Test
  void a_plan_that_moved_out_of_the_scope_is_gone() {
    var moved = Long.toString(simulator.world().roadmap().plan(Kind.FEATURE, 7).id());
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!answer.isJson()) return answer;
              var json = answer.json();
              if (json.path("features") instanceof ArrayNode list) {
                for (int i = list.size() - 1; i >= 0; i--) {
                  if (list.get(i).path("id").asString("").equals(moved)) list.remove(i);
                }
              } else if (json.path("feature") instanceof ObjectNode feature) {
                feature.remove("project");
                feature.put("product_id", "999999");
              }
              return answer.with(json);
            });

    sync();

    assertThat(gone()).containsExactly(moved + " NOT_VISIBLE");
  }

  @Test
  void a_hidden_workspace_is_reported_and_its_plans_stay() {
    simulator.world().visibility().hideProject(0, true);

    sync();

    assertThat(gone()).isEmpty();
    var unreadable =
        api("GET", "jobs/" + connection + "/coverage", "")
            .json()
            .path("items")
            .valueStream()
            .filter(each -> !each.path("unreadable").isEmpty())
            .toList();
    assertThat(unreadable).singleElement().isNotNull();
    assertThat(unreadable.getFirst().path("name").asString())
        .isEqualTo(source.elements().getFirst());
    assertThat(unreadable.getFirst().path("unreadable"))
        .anySatisfy(each -> assertThat(each.path("stream").asString()).isEqualTo("feature_census"))
        .allSatisfy(
            each -> {
              assertThat(each.path("reason").asString()).contains("hidden");
              assertThat(each.path("since").asString()).isNotBlank();
            });
  }

  @Test
  void a_release_that_the_list_of_its_workspace_lacks_is_gone() {
    simulator.world().roadmap().delete(Kind.RELEASE, 1);
    everyHour();

    sync();

    assertThat(goneReleases())
        .containsExactly(simulator.world().roadmap().plan(Kind.RELEASE, 1).id() + " DELETED");
    assertEqualToWorld();
  }

  @Test
  void a_release_that_cannot_be_read_is_not_taken_for_one_that_the_list_lacks() {
    simulator.faults().add(Fault.of(Fault.Kind.UNREADABLE, "aha").on("products/releases"));
    everyHour();

    sync();

    assertThat(goneReleases()).isEmpty();
  }

  /** Releases are read again at once. */
  private void everyHour() {
    jdbc.sql(
            "update checkpoint set completed_at = completed_at - interval '1 day' where stream ="
                + " 'releases'")
        .update();
  }

  private List<String> goneReleases() {
    return texts(
        "select external_id || ' ' || gone_reason from release where connection_id = ? and"
            + " deleted_at is not null");
  }

  private List<String> gone() {
    return texts(
        "select external_id || ' ' || gone_reason from work_item where connection_id = ? and"
            + " deleted_at is not null");
  }
}
