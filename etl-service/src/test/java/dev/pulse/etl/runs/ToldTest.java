package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.ingest.Fence;
import dev.pulse.etl.ingest.FenceLost;
import dev.pulse.etl.ingest.Findings;
import dev.pulse.etl.ingest.RunScope;
import dev.pulse.etl.platform.lists.ById;
import dev.pulse.etl.platform.lists.Keyset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events of what a run found out are of the run's owner alone, and never without what they tell.
 */
class ToldTest extends EtlTest {

  private static final long CONNECTION = 910_001;
  private static final long RUN = 910_002;
  private static final Partition ALPHA = new Partition("alpha", "alpha");
  private final AccessDenied denied = new AccessDenied("no", "Grant it.");

  @Autowired Findings findings;
  @Autowired RunEvents events;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void a_run() {
    jdbc.sql("delete from run_event where run_id = ?").param(RUN).update();
    jdbc.sql("delete from unreadable where connection_id = ?").param(CONNECTION).update();
    jdbc.sql("delete from run_lease where run_id = ?").param(RUN).update();
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 7, now() +"
                + " interval '1 minute')")
        .param(RUN)
        .update();
  }

  @Test
  void a_node_that_lost_its_run_says_nothing_in_it() {
    assertThatThrownBy(
            () -> findings.unreadable(run(6), "issues", ALPHA, denied, new Told(events, RUN)))
        .isInstanceOf(FenceLost.class);
    assertThatThrownBy(
            () -> findings.refused(run(6), "issues", ALPHA, denied, new Told(events, RUN)))
        .isInstanceOf(FenceLost.class);

    assertThat(told()).isEmpty();
  }

  @Test
  void what_is_told_is_written_with_it_or_not_at_all() {
    findings.unreadable(run(7), "issues", ALPHA, denied, new Told(events, RUN));

    assertThat(told()).singleElement().extracting("kind").isEqualTo("UNREADABLE");
    assertThat(unreadable()).containsExactly("issues");

    assertThatThrownBy(
            () ->
                findings.unreadable(
                    run(7),
                    "boards",
                    ALPHA,
                    denied,
                    (stream, partition, reason, remedy) -> {
                      new Told(events, RUN).unreadable(stream, partition, reason, remedy);
                      throw new IllegalStateException("the power is gone");
                    }))
        .hasMessageContaining("the power is gone");

    assertThat(told()).hasSize(1);
    assertThat(unreadable()).containsExactly("issues");
  }

  private List<String> unreadable() {
    return jdbc.sql("select stream from unreadable where connection_id = ?")
        .param(CONNECTION)
        .query(String.class)
        .list();
  }

  private static RunScope run(long token) {
    return new RunScope(new Fence(RUN, token), CONNECTION, Scope.ALL, null);
  }

  private List<RunEvents.RunEvent> told() {
    return events.of(RUN, Keyset.first(ById.ID, 10)).items();
  }
}
