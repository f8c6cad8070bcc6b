package dev.pulse.etl.ingest;

import static dev.pulse.etl.ingest.KilledSyncs.CHANGES;
import static dev.pulse.etl.ingest.KilledSyncs.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engine is killed while it reads again what it had read before. */
@Execution(ExecutionMode.CONCURRENT)
class KilledRewindTest {

  private final KilledSyncs syncs;
  private final JdbcTemplate template;
  private final JdbcClient jdbc;

  KilledRewindTest() throws Exception {
    syncs = new KilledSyncs(42);
    template = syncs.jdbc();
    jdbc = JdbcClient.create(template);
  }

  @Test
  void what_is_rewound_is_read_again_although_it_is_killed() throws Exception {
    syncs.finish();
    loseItems();
    new Rewinds(template)
        .rewind(
            LightSync.CONNECTION,
            new ScriptedSource(),
            new Rewinds.Wanted(ScriptedSource.NOW.minusSeconds(8_950), "items", null));

    for (int pages = 0; pages < 8; pages += 2) syncs.kill(pages);
    syncs.finish();

    assertThat(count("select count(*) from work_item")).isEqualTo(2L * ITEMS);
    assertThat(count("select sum(inserted) from run_stream where stream = 'items'"))
        .isEqualTo(2L * ITEMS + 10);
    assertThat(count("select sum(updated) from run_stream where stream = 'items'")).isZero();
  }

  @Test
  void a_backfill_goes_on_from_its_own_checkpoints_although_it_is_killed() throws Exception {
    syncs.finish();
    loseItems();
    jdbc.sql("delete from work_item_change where work_item_id = 'beta-00007'").update();
    var live = watermarks();
    jdbc.sql(
            """
            insert into backfill (connection_id, from_at, reason)
            values (?, timestamptz 'epoch', 'x')
            """)
        .param(LightSync.CONNECTION)
        .update();

    for (int pages = 3; pages < 25; pages += 6) syncs.kill(pages);
    syncs.finish();

    assertThat(count("select count(*) from backfill where state = 'FINISHED'")).isEqualTo(1);
    assertThat(count("select count(*) from work_item")).isEqualTo(2L * ITEMS);
    assertThat(count("select count(*) from work_item_change")).isEqualTo(2L * ITEMS * CHANGES);
    assertThat(count("select sum(inserted) from run_stream where stream like 'items%'"))
        .isEqualTo(2L * ITEMS + 10);
    assertThat(count("select sum(updated) from run_stream where stream like 'items%'")).isZero();
    assertThat(watermarks()).isEqualTo(live);
  }

  private void loseItems() {
    jdbc.sql("delete from work_item where external_id between 'alpha-00100' and 'alpha-00109'")
        .update();
  }

  /** Of all checkpoints that there are. */
  private List<String> watermarks() {
    return jdbc.sql(
            """
            select stream || ' ' || partition || ' ' || coalesce(watermark::text, '')
            from checkpoint
            order by 1
            """)
        .query(String.class)
        .list();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).optional().orElse(0L);
  }
}
