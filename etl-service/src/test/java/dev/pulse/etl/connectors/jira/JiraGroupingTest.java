package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which projects are read by themselves, and which together. */
class JiraGroupingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final JiraVisible visible = new JiraVisible();
  private final Map<String, Reached> checkpoints = new HashMap<>();

  @Test
  void a_new_project_is_read_by_itself_from_its_own_beginning() {
    assertThat(plan("1", "2")).extracting(each -> each.partition().id()).containsExactly("1", "2");
  }

  @Test
  void projects_that_have_been_read_are_read_together() {
    checkpoints.put("1", read(NOON));
    checkpoints.put("2", read(NOON));

    assertThat(plan("1", "2")).singleElement().extracting(PlannedWalk::mark).isEqualTo("1,2");
  }

  @Test
  void a_hundred_quiet_projects_are_one_walk() {
    var all = IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new);
    for (var project : all) checkpoints.put(project, read(NOON));

    assertThat(plan(all)).hasSize(1);
  }

  @Test
  void the_group_begins_where_the_member_read_least_has_ended() {
    checkpoints.put("1", read(NOON));
    checkpoints.put("2", read(NOON.plusSeconds(60)));

    assertThat(JiraGrouping.of(planning("1", "2"), visible).floor())
        .isEqualTo(NOON.minusSeconds(600));
  }

  @Test
  void a_project_joins_only_when_it_is_not_behind_the_others() {
    checkpoints.put("*", new Reached(NOON.minusSeconds(600), "1", NOON, false));
    checkpoints.put("1", read(NOON));
    checkpoints.put("2", read(NOON.minusSeconds(1)));

    assertThat(plan("1", "2"))
        .extracting(each -> each.partition().id(), PlannedWalk::mark)
        .containsExactly(tuple("*", "1"), tuple("2", null));

    checkpoints.put("2", read(NOON));

    assertThat(plan("1", "2")).singleElement().extracting(PlannedWalk::mark).isEqualTo("1,2");
  }

  @Test
  void an_open_walk_of_the_group_goes_on_with_those_it_began_with() {
    checkpoints.put("*", new Reached(null, "1", null, true));
    checkpoints.put("1", read(NOON));
    checkpoints.put("2", read(NOON));

    assertThat(plan("1", "2")).extracting(each -> each.partition().id()).containsExactly("*", "2");
  }

  @Test
  void a_project_left_out_of_the_scope_leaves_the_group() {
    group("1", "2");

    assertThat(plan("1")).singleElement().extracting(PlannedWalk::mark).isEqualTo("1");
  }

  @Test
  void a_project_that_vanished_does_not_stop_the_others() {
    group("1", "2");
    checkpoints.put("2", read(NOON.plusSeconds(1_800)));
    visible.begin();
    visible.add("1");
    visible.end();

    assertThat(plan("1", "2"))
        .extracting(each -> each.partition().id(), PlannedWalk::mark)
        .containsExactly(tuple("*", "1"), tuple("2", null));
  }

  @Test
  void half_a_list_of_projects_hides_none() {
    group("1", "2");
    visible.begin();
    visible.add("1");

    assertThat(plan("1", "2")).singleElement().extracting(PlannedWalk::mark).isEqualTo("1,2");
  }

  @Test
  void a_project_that_was_removed_and_comes_back_is_first_read_by_itself_to_its_end() {
    group("1", "2");
    checkpoints.remove("2");

    assertThat(plan("1", "2"))
        .extracting(each -> each.partition().id(), PlannedWalk::mark)
        .containsExactly(tuple("*", "1"), tuple("2", null));

    checkpoints.put("2", new Reached(null, null, null, true));

    assertThat(plan("1", "2")).extracting(each -> each.partition().id()).containsExactly("*", "2");
  }

  private void group(String... members) {
    checkpoints.put("*", new Reached(NOON, String.join(",", members), NOON, false));
    for (var member : members) checkpoints.put(member, read(NOON));
  }

  private List<PlannedWalk> plan(String... projects) {
    return JiraGrouping.of(planning(projects), visible).walks();
  }

  private Planning planning(String... projects) {
    var scope =
        Arrays.stream(projects)
            .map(id -> new ScopeElement(id, "site", "P" + id, "P" + id, Map.of()))
            .toList();
    return new Planning(scope, checkpoints, NOON.plusSeconds(3_600));
  }

  private static Reached read(@Nullable Instant completedAt) {
    return new Reached(null, null, completedAt, false);
  }
}
