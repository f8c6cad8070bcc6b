package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of how far a run has come. */
class RunCountersTest extends SyncFixture {

  @Test
  void records_are_counted_beside_rows_and_compared_with_what_the_source_counts() throws Exception {
    source.with("alpha", 25).with("beta", 3);

    sync();

    assertThat(of("items", "alpha")).containsEntry("read", 25L).containsEntry("total", 25L);
    assertThat(of("items", "beta")).containsEntry("read", 3L).containsEntry("total", 3L);
    assertThat(of("projects", "")).containsEntry("total", null);
  }

  @Test
  void of_debts_the_parents_are_counted() throws Exception {
    source.with("alpha", 25);

    sync();

    assertThat(of("changes", ""))
        .containsEntry("read", 25L)
        .containsEntry("total", 25L)
        .containsEntry("inserted", 50L)
        .containsEntry("ended", true);
  }

  @Test
  void a_run_that_goes_on_with_a_walk_counts_from_where_it_stood() throws Exception {
    source.with("alpha", 35);
    source.beforeRead =
        request -> {
          if (request.position() != null && request.position().value().equals("alpha-00019")) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(this::sync).isInstanceOf(IllegalStateException.class);
    assertThat(of("items", "alpha"))
        .containsEntry("read", 20L)
        .containsEntry("total", 35L)
        .containsEntry("ended", false);
    source.beforeRead = request -> {};

    sync();

    assertThat(of("items", "alpha"))
        .containsEntry("inserted", 15L)
        .containsEntry("read", 35L)
        .containsEntry("total", 35L);
  }

  @Test
  void what_a_run_is_going_to_read_is_known_stream_by_stream() throws Exception {
    source.with("alpha", 12).with("beta", 1);
    source.owed =
        (batch, position, standard) -> {
          throw new IllegalStateException("killed");
        };

    assertThatThrownBy(this::sync).isInstanceOf(IllegalStateException.class);

    assertThat(plan())
        .containsExactly(
            "0 projects, 1 partitions, ended",
            "1 items, 2 partitions, ended",
            "2 changes, 1 partitions, open");
  }

  @Test
  void streams_of_stages_that_have_not_begun_are_to_come() throws Exception {
    source.with("alpha", 12);
    source.beforeRead =
        request -> {
          throw new IllegalStateException("killed");
        };

    assertThatThrownBy(this::sync).isInstanceOf(IllegalStateException.class);

    assertThat(plan())
        .containsExactly(
            "0 projects, 1 partitions, ended",
            "1 items, 2 partitions, open",
            "2 changes, null partitions, open");
  }

  private Map<String, Object> of(String stream, String partition) {
    return jdbc.sql(
            """
            select read, total, inserted, ended_at is not null as ended
            from run_stream
            where run_id = ? and stream = ? and partition = ?
            """)
        .params(run, stream, partition)
        .query()
        .singleRow();
  }

  private List<String> plan() {
    return jdbc.sql(
            """
            select stage || ' ' || label || ', ' || coalesce(partitions::text, 'null') || ' partitions, '
              || case when ended_at is null then 'open' else 'ended' end
            from run_plan
            where run_id = ?
            order by stage
            """)
        .param(run)
        .query(String.class)
        .list();
  }
}
