package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** More vanish at once than one statement looks at. */
class VanishedInNumbersTest extends ScriptedSync {

  @Test
  void all_wait_for_an_operator_and_are_removed_when_one_agrees() throws Exception {
    source.with("alpha", 30);
    sync();
    jdbc.sql(
            "select setval(pg_get_serial_sequence('work_item', 'id'), max(id) + 120000) from"
                + " work_item")
        .query(Long.class)
        .single();
    source.with("beta", 30);
    sync();
    jdbc.sql("update scope_element set seen_at = seen_at - interval '2 days'").update();
    source.others.add(new MissedRecordsTest.ItemCensus());

    sync();
    assertThat(count("vanished")).isEqualTo(60);
    assertThat(live()).isEqualTo(60);

    jdbc.sql("update vanished set approved_at = now() where connection_id = ?")
        .param(connection)
        .update();
    sync();
    assertThat(count("vanished")).isZero();
    assertThat(live()).isZero();
  }

  private long live() {
    return jdbc.sql("select count(*) from work_item where connection_id = ? and deleted_at is null")
        .param(connection)
        .query(Long.class)
        .single();
  }
}
