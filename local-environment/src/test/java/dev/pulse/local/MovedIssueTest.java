package dev.pulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.local.world.World;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class MovedIssueTest {

  private final World world = new World(1, 100, Clock.systemUTC());

  @Test
  void a_moved_issue_is_part_of_its_new_project_and_is_found_by_both_its_numbers() {
    var before = world.issue(3);
    var target = world.projects().get(1);

    world.moveIssue(3, 1);

    var after = world.issue(3);
    assertThat(after.project()).isEqualTo(target);
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.key()).startsWith(target.key()).isNotEqualTo(before.key());
    assertThat(after.updated()).isAfter(before.updated());
    assertThat(world.moves().issueOf(before.project(), before.number())).isEqualTo(3);
    assertThat(world.moves().issueOf(target, after.number())).isEqualTo(3);
    assertThat(world.byUpdate().issues()).hasSize(world.issueCount());
  }

  @Test
  void an_issue_that_was_in_a_sprint_stays_in_its_project() {
    assertThatThrownBy(() -> world.moveIssue(9, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
