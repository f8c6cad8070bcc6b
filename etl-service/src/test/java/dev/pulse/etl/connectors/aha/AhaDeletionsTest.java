package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.Roadmap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Aha! itself says was deleted. */
class AhaDeletionsTest extends ConnectorFixture {

  private Roadmap roadmap;

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedAha(simulator);
  }

  @BeforeEach
  void everything_is_read() {
    sync();
    roadmap = simulator.world().roadmap();
  }

  @Test
  void what_the_audits_call_destroyed_is_marked_deleted_with_the_next_sync() {
    for (var kind : Kind.values()) roadmap.delete(kind, 1);

    sync();

    assertThat(gone())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Kind.values())
                .map(kind -> roadmap.plan(kind, 1).id() + " DELETED")
                .toList());
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
  }

  @Test
  void what_was_restored_since_is_not_taken_for_deleted() {
    roadmap.delete(Kind.FEATURE, 1);
    roadmap.restore(Kind.FEATURE, 1);

    sync();

    assertThat(gone()).isEmpty();
    assertEqualToWorld();
  }

  private List<String> gone() {
    return jdbc.sql(
            """
            select external_id || ' ' || gone_reason
            from (
              select connection_id, external_id, gone_reason, deleted_at from work_item
              union all
              select connection_id, external_id, gone_reason, deleted_at from release) t
            where connection_id = ? and deleted_at is not null
            """)
        .param(connection)
        .query(String.class)
        .list();
  }
}
