package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That what was read can be read again, whatever a stream makes of a time. */
abstract class RereadingContract extends ConnectorFixture {

  @Test
  void what_was_lost_is_read_again_by_a_backfill_and_no_watermark_moves() {
    sync();
    sync();
    var live = watermarks();
    lose(7);
    var wish = "{\"from\":\"2001-01-01T00:00:00Z\",\"reason\":\"rows were lost\"}";
    assertThat(api("POST", "jobs/" + connection + "/backfill", wish).status()).isEqualTo(202);

    sync();

    assertEqualToWorld();
    assertThat(backfill().path("state").asString()).as(backfill().toString()).isEqualTo("FINISHED");
    assertThat(counter("inserted")).isEqualTo(7);
    assertThat(watermarks()).isEqualTo(live);
    assertThat(api("POST", "jobs/" + connection + "/backfill", wish).status()).isEqualTo(202);
    sync();
    assertThat(backfill().path("unchanged").asLong()).isGreaterThan(source.count());
    assertThat(counter("inserted") + counter("updated") + counter("deleted")).isZero();
  }

  private JsonNode backfill() {
    return api("GET", "jobs/" + connection + "/backfills", "").json().path("items").path(0);
  }

  private List<String> watermarks() {
    return texts(
        "select stream || ' ' || partition || ' ' || coalesce(watermark::text, '') from checkpoint"
            + " where connection_id = ? and watermark is not null order by 1");
  }

  /** Removes some rows of the main stream. */
  private void lose(int rows) {
    jdbc.sql(
            "delete from %1$s where id in (select id from %1$s where connection_id = ? order by id limit %2$d)"
                .formatted(source.mainTable(), rows))
        .param(connection)
        .update();
  }

  @Test
  void what_was_lost_is_read_again_when_the_checkpoints_are_rewound() {
    sync();
    source.change(5);
    sync();
    lose(7);

    var told =
        api(
            "POST",
            "jobs/" + connection + "/checkpoints/rewind",
            "{\"to\":\"2001-01-01T00:00:00Z\",\"reason\":\"rows were lost\"}");

    assertThat(told.status()).as(told.json().toString()).isEqualTo(200);
    sync();
    assertEqualToWorld();
    assertThat(counter("inserted")).isEqualTo(7);
    source.change(5);
    sync();
    assertEqualToWorld();
  }
}
