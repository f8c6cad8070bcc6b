package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Course.Way;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;

class CheckpointTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Checkpoint NONE =
      Checkpoint.none(new Checkpoint.Key(1, "things", Partition.WHOLE));
  private final WalkedStream stream = new Overlapping(Duration.ofMinutes(10));

  @Test
  void a_page_in_the_middle_moves_the_position_and_not_the_watermark() {
    var after = NONE.after(page(NOON, NOON.minusSeconds(60), "p2"), stream, null, "mark");

    assertThat(after.watermark()).isNull();
    assertThat(after.walk()).isNotNull();
    assertThat(after.request(stream, null, 10).position()).isEqualTo(new Position("p2"));
    assertThat(after.version()).isEqualTo(1);
  }

  @Test
  void the_watermark_ends_at_the_newest_change_seen_less_the_overlap() {
    var newest = NOON.minus(Duration.ofDays(3));

    var after = NONE.after(page(NOON, newest, null), stream, null, "mark");

    assertThat(after.watermark()).isEqualTo(newest.minus(Duration.ofMinutes(10)));
    assertThat(after.mark()).isEqualTo("mark");
    assertThat(after.completedAt()).isEqualTo(NOON);
    assertThat(after.walk()).isNull();
  }

  @Test
  void what_changed_while_the_walk_went_on_is_read_again_by_the_next() {
    var first = NONE.after(page(NOON, NOON.minusSeconds(5), "p2"), stream, null, null);

    var after =
        first.after(page(NOON.plusSeconds(3600), NOON.plusSeconds(3500), null), stream, null, null);

    assertThat(after.watermark()).isEqualTo(NOON.minus(Duration.ofMinutes(10)));
  }

  @Test
  void a_record_dated_in_the_future_does_not_move_the_watermark_past_the_start_of_the_walk() {
    var after = NONE.after(page(NOON, NOON.plus(Duration.ofDays(400)), null), stream, null, null);

    assertThat(after.watermark()).isEqualTo(NOON.minus(Duration.ofMinutes(10)));
  }

  @Test
  void an_empty_walk_leaves_the_watermark_where_it_was() {
    var before = NONE.after(page(NOON, NOON.minusSeconds(60), null), stream, null, null);

    var after = before.after(page(NOON.plusSeconds(900), null, null), stream, null, null);

    assertThat(after.watermark()).isEqualTo(before.watermark());
  }

  @Test
  void the_watermark_never_moves_back() {
    var before = NONE.after(page(NOON, NOON, null), stream, null, null);

    var after =
        before.after(
            page(NOON.plusSeconds(1), NOON.minusSeconds(90_000), null), stream, null, null);

    assertThat(after.watermark()).isEqualTo(before.watermark());
  }

  @Test
  void the_first_walk_begins_at_the_start_date_and_the_next_at_the_watermark() {
    var from = NOON.minus(Duration.ofDays(365));

    assertThat(NONE.request(stream, from, 10).floor()).isEqualTo(from);
    var after = NONE.after(page(NOON, NOON, null), stream, from, null);
    assertThat(after.request(stream, from, 10).floor()).isEqualTo(after.watermark());
  }

  @Test
  void a_walk_keeps_its_floor_although_the_start_date_changes() {
    var open = NONE.after(page(NOON, NOON, "p2"), stream, null, null);

    assertThat(open.request(stream, NOON, 10).floor()).isNull();
  }

  @Test
  void a_walk_ends_with_the_mark_of_what_it_turned_out_to_be() {
    var open = NONE.after(page(NOON, NOON, "p2"), stream, null, "1,2");
    var less = Page.servedAt(NOON).mark("1").next(new Position("p3"));

    var after = open.after(less, stream, null, "1,2");

    assertThat(after.reached().mark()).isEqualTo("1");
    assertThat(after.after(page(NOON, NOON, null), stream, null, "1,2").mark()).isEqualTo("1");
  }

  @Test
  void a_walk_knows_how_much_it_has_read_of_how_many_and_so_does_the_run_that_goes_on_with_it() {
    var first = NONE.after(counted(20L, "p2", "a", "b"), stream, null, null);
    var after = first.after(counted(null, "p3", "c"), stream, null, null);

    assertThat(after.tally().read()).isEqualTo(3);
    assertThat(after.tally().total()).isEqualTo(20);
  }

  @Test
  void the_next_walk_counts_anew() {
    var ended = NONE.after(counted(2L, null, "a", "b"), stream, null, null);
    assertThat(ended.tally().read()).isEqualTo(2);

    var next = ended.after(counted(null, "p2", "c"), stream, null, null);

    assertThat(next.tally().read()).isEqualTo(1);
    assertThat(next.tally().total()).isNull();
  }

  @Test
  void a_walk_that_goes_back_to_a_position_does_not_know_how_much_it_has_read() {
    var open = NONE.after(counted(20L, "p2", "a"), stream, null, null);

    assertThat(open.from(new Position("p1")).tally().read()).isNull();
    assertThat(open.from(null).tally().read()).isZero();
  }

  @Test
  void which_way_a_walk_goes_is_told_by_when_its_records_had_changed() {
    var back = NONE.after(changed("p2", 60, 30), stream, null, null);
    assertThat(back.tally().way()).isEqualTo(Way.BACKWARD);
    assertThat(back.tally().at()).isEqualTo(NOON.plusSeconds(30));

    assertThat(back.after(changed("p3", 20), stream, null, null).tally().way())
        .isEqualTo(Way.BACKWARD);
    assertThat(back.after(changed("p3", 40), stream, null, null).tally().way())
        .isEqualTo(Way.MIXED);
    assertThat(NONE.after(changed("p2", 1, 1, 2), stream, null, null).tally().way())
        .isEqualTo(Way.FORWARD);
    assertThat(NONE.after(changed("p2", 1, 1), stream, null, null).tally().way())
        .isEqualTo(Way.STILL);
  }

  private static Page counted(@Nullable Long total, @Nullable String next, String... ids) {
    var page = Page.servedAt(NOON).total(total);
    for (var id : ids) page.readable(id);
    return next == null ? page.last() : page.next(new Position(next));
  }

  private Page changed(String next, int... seconds) {
    var page = Page.servedAt(NOON);
    int records = 0;
    for (int each : seconds) {
      page.map(stream, LongNode.valueOf(each), Partition.WHOLE, "record " + records++);
    }
    return page.next(new Position(next));
  }

  private static Page page(Instant servedAt, @Nullable Instant newest, @Nullable String next) {
    var page = Page.servedAt(servedAt).seen(newest);
    return next == null ? page.last() : page.next(new Position(next));
  }

  private record Overlapping(Duration overlap) implements WalkedStream {

    @Override
    public String name() {
      return "things";
    }

    @Override
    public RecordStream.PageSize pageSize() {
      return RecordStream.PageSize.fixed(10);
    }

    @Override
    public Page read(Request request) {
      throw new IllegalStateException("not read here");
    }

    @Override
    public void map(JsonNode raw, Partition partition, Page.Builder page) {
      page.seen(NOON.plusSeconds(raw.asLong()));
    }
  }
}
